// Below langchaingo, because httprr is internal to it (httprr_test.go).
module github.com/tmc/langchaingo/samples

go 1.24.4

require (
	github.com/dnaeon/go-vcr v1.2.0
	github.com/tmc/langchaingo v0.1.14
	go.yaml.in/yaml/v4 v4.0.0-rc.6
	gopkg.in/dnaeon/go-vcr.v3 v3.2.0
	gopkg.in/dnaeon/go-vcr.v4 v4.0.7
)

require (
	gopkg.in/yaml.v2 v2.4.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
