// Records with go-vcr (https://github.com/dnaeon/go-vcr), three major versions of it, by a plan that
// samples/make/__main__.py writes.
//
// How go-vcr indents is a matter of its YAML encoder. github.com/dnaeon/go-vcr (version 1 of the format) encodes with
// yaml.v2: sequences stand at their key (0). Versions 3 and 4 of the module encode with yaml.v3 and yaml/v4: 4. Later
// releases of version 4 let a program set its own encoder: CompactSeqIndent alone gives 2 with 4 within, with an indent
// of 2 it gives 0.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	cassette1 "github.com/dnaeon/go-vcr/cassette"
	recorder1 "github.com/dnaeon/go-vcr/recorder"
	yaml "go.yaml.in/yaml/v4"
	cassette3 "gopkg.in/dnaeon/go-vcr.v3/cassette"
	recorder3 "gopkg.in/dnaeon/go-vcr.v3/recorder"
	cassette4 "gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"
	recorder4 "gopkg.in/dnaeon/go-vcr.v4/pkg/recorder"
)

// Exchange is a request to make. Origin and path are the URL to be recorded, base and path the one that answers.
type Exchange struct {
	Method  string            `json:"method"`
	Origin  string            `json:"origin"`
	Base    string            `json:"base"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

// Recording is a file to make and the way to make it.
type Recording struct {
	File      string     `json:"file"`
	Variant   string     `json:"variant"`
	Exchanges []Exchange `json:"exchanges"`
}

// Plan is what the program reads.
type Plan struct {
	Recordings []Recording `json:"recordings"`
}

// standin sends each request to the stand-in instead of the host it names: the recorder, which stands before it,
// records the request unchanged.
type standin struct {
	target *url.URL
	wire   http.RoundTripper
}

func (s *standin) RoundTrip(request *http.Request) (*http.Response, error) {
	moved := request.Clone(request.Context())
	moved.URL = s.target
	moved.Host = s.target.Host
	return s.wire.RoundTrip(moved)
}

// recorder is what the three versions have in common.
type recorder interface {
	http.RoundTripper
	Stop() error
}

// duration stands in for the measured one, which differs each time.
func duration(interaction int) time.Duration {
	return 120*time.Millisecond + time.Duration(interaction)*1250*time.Microsecond
}

func version1(name string, transport http.RoundTripper) (recorder, error) {
	made, err := recorder1.NewAsMode(name, recorder1.ModeRecording, transport)
	if err != nil {
		return nil, err
	}
	made.AddFilter(func(interaction *cassette1.Interaction) error {
		interaction.Response.Duration = duration(0).String()
		return nil
	})
	return made, nil
}

func version3(name string, transport http.RoundTripper) (recorder, error) {
	options := &recorder3.Options{CassetteName: name, Mode: recorder3.ModeRecordOnly, RealTransport: transport}
	made, err := recorder3.NewWithOptions(options)
	if err != nil {
		return nil, err
	}
	made.AddHook(func(interaction *cassette3.Interaction) error {
		interaction.Response.Duration = duration(interaction.ID)
		return nil
	}, recorder3.BeforeSaveHook)
	return made, nil
}

func version4(name string, transport http.RoundTripper, encode cassette4.MarshalFunc) (recorder, error) {
	fixed := func(interaction *cassette4.Interaction) error {
		interaction.Response.Duration = duration(interaction.ID)
		return nil
	}
	options := []recorder4.Option{
		recorder4.WithMode(recorder4.ModeRecordOnly),
		recorder4.WithRealTransport(transport),
		recorder4.WithHook(fixed, recorder4.BeforeSaveHook),
	}
	if encode != nil {
		options = append(options, recorder4.WithMarshalFunc(encode))
	}
	return recorder4.New(name, options...)
}

// encoder is yaml.Marshal, go-vcr's own choice, with some options more.
func encoder(options ...yaml.Option) cassette4.MarshalFunc {
	return func(value any) ([]byte, error) {
		return yaml.Dump(value, append([]yaml.Option{yaml.WithV3Defaults(), yaml.WithLineWidth(-1)}, options...)...)
	}
}

// wrapping is what a program gets that sets the indent by yaml.NewEncoder: its lines are folded at 80.
func wrapping(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return text.Bytes(), encoder.Close()
}

func open(variant, name string, transport http.RoundTripper) (recorder, error) {
	switch variant {
	case "v1":
		return version1(name, transport)
	case "v3":
		return version3(name, transport)
	case "v4":
		return version4(name, transport, nil)
	case "v4-indent-2":
		return version4(name, transport, encoder(yaml.WithCompactSeqIndent()))
	case "v4-indent-0":
		return version4(name, transport, encoder(yaml.WithCompactSeqIndent(), yaml.WithIndent(2)))
	case "v4-wrapped":
		return version4(name, transport, wrapping)
	}
	return nil, fmt.Errorf("no such variant: %s", variant)
}

func ask(client *http.Client, exchange Exchange) error {
	var body io.Reader
	if exchange.Body != "" {
		body = strings.NewReader(exchange.Body)
	}
	request, err := http.NewRequest(exchange.Method, exchange.Origin+exchange.Path, body)
	if err != nil {
		return err
	}
	for name, value := range exchange.Headers {
		request.Header.Set(name, value)
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

func record(recording Recording) error {
	// Without DisableCompression the transport asks for gzip by itself and undoes it.
	transport := &standin{wire: &http.Transport{DisableCompression: true}}
	made, err := open(recording.Variant, strings.TrimSuffix(recording.File, ".yaml"), transport)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: made}
	for _, exchange := range recording.Exchanges {
		if transport.target, err = url.Parse(exchange.Base + exchange.Path); err != nil {
			return err
		}
		if err := ask(client, exchange); err != nil {
			return err
		}
	}
	return made.Stop()
}

func readPlan(path string) (Plan, error) {
	var plan Plan
	text, err := os.ReadFile(path)
	if err != nil {
		return plan, err
	}
	return plan, json.Unmarshal(text, &plan)
}

func main() {
	plan, err := readPlan(os.Getenv("PLAN"))
	if err != nil {
		log.Fatal(err)
	}
	for _, recording := range plan.Recordings {
		if err := record(recording); err != nil {
			log.Fatalf("%s: %v", recording.File, err)
		}
	}
}
