// Records with httprr, as langchaingo has it (https://github.com/tmc/langchaingo/tree/main/internal/httprr). It records
// only in tests: go test -httprecord=. with the plan's path in PLAN. And it is internal, which Go decides by the
// path that this module gives itself in go.mod.
package main

import (
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/tmc/langchaingo/internal/httprr"
)

func TestRecord(t *testing.T) {
	plan, err := readPlan(os.Getenv("PLAN"))
	if err != nil {
		t.Fatal(err)
	}
	for _, recording := range plan.Recordings {
		if err := recordHttprr(recording); err != nil {
			t.Fatalf("%s: %v", recording.File, err)
		}
	}
}

func recordHttprr(recording Recording) error {
	transport := &standin{wire: &http.Transport{DisableCompression: true}}
	made, err := httprr.Open(recording.File, transport)
	if err != nil {
		return err
	}
	for _, exchange := range recording.Exchanges {
		if transport.target, err = url.Parse(exchange.Base + exchange.Path); err != nil {
			return err
		}
		if err := ask(made.Client(), exchange); err != nil {
			return err
		}
	}
	return made.Close()
}
