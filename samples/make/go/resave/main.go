// Loads the recordings that standard input names, a path a line, with go-vcr 4, and saves them as it does, in place.
package main

import (
	"bufio"
	"log"
	"os"
	"strings"

	yaml "go.yaml.in/yaml/v4"
	"gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"
)

func resave(path string) error {
	// go-vcr ends the names of its files in .yaml by itself.
	loaded, err := cassette.Load(strings.TrimSuffix(path, ".yaml"))
	if err != nil {
		return err
	}
	// The default of its recorder, which alone sets it.
	loaded.MarshalFunc = yaml.Marshal
	return loaded.Save()
}

func main() {
	paths := bufio.NewScanner(os.Stdin)
	for paths.Scan() {
		if err := resave(paths.Text()); err != nil {
			log.Fatalf("%s: %v", paths.Text(), err)
		}
	}
	if err := paths.Err(); err != nil {
		log.Fatal(err)
	}
}
