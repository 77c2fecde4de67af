package assesstest

import (
	"bytes"
	"encoding/json"

	"github.com/goccy/go-yaml"

	"mingpin/assess"
	"mingpin/assess/quantity"
)

// sample is the form of sample.yaml. Entities that say there what they say in a
// vault have their own form.
type sample struct {
	Date         assess.Date               `json:"date"`
	Client       assess.Client             `json:"client"`
	Subjects     []assess.Subject          `json:"subjects"`
	Application  assess.Application        `json:"application"`
	Standards    []assess.Standard         `json:"standards"`
	Indicators   []row                     `json:"indicators"`
	Facts        []statement               `json:"facts"`
	Evidence     []paper                   `json:"evidence"`
	Attestations []assess.Attestation      `json:"attestations"`
	Findings     map[string]assess.Finding `json:"findings"` // by requirement
	Actions      []assess.Action           `json:"actions"`
	Signers      []assess.Signer           `json:"signers"`
	Reviews      []assess.Review           `json:"reviews"`
	Declaration  assess.Declaration        `json:"declaration"`
}

// row is an indicator with limits and values as people write them.
type row struct {
	ID          string               `json:"id"`
	Name        string               `json:"name"`
	NameEn      string               `json:"nameEn"`
	Class       string               `json:"class"`
	Unit        string               `json:"unit"`
	Quantity    quantity.Quantity    `json:"quantity"`
	Direction   quantity.Direction   `json:"direction"`
	Own         side                 `json:"own"`
	Measured    measured             `json:"measured"`
	Comparators []side               `json:"comparators"`
	Equivalents []assess.Equivalence `json:"equivalents"`
	Claim       quantity.Verdict     `json:"claim"`
	Note        string               `json:"note"`
	Lower       string               `json:"lower"`
}

// side is what one standard asks for.
type side struct {
	Standard   string   `json:"standard"`
	Limit      string   `json:"limit"`
	Clause     string   `json:"clause"`
	Methods    []string `json:"methods"`
	Unverified bool     `json:"unverified"`
}

type measured struct {
	Value   string      `json:"value"`
	Methods []string    `json:"methods"`
	Report  string      `json:"report"`
	Page    string      `json:"page"`
	Model   string      `json:"model"`
	On      assess.Date `json:"on"`
}

// statement is one fact, or one fact for each year.
type statement struct {
	Concept  string            `json:"concept"`
	Subject  string            `json:"subject"`
	Value    string            `json:"value"`
	Years    map[string]string `json:"years"`
	None     *assess.Span      `json:"none"`
	Source   string            `json:"source"`
	Evidence []string          `json:"evidence"`
}

// paper is a record with what its file shows. "client" as issuer or holder
// means the enterprise itself.
type paper struct {
	assess.Evidence
	Format    string   `json:"format"`
	Pages     int      `json:"pages"`
	Landscape bool     `json:"landscape"`
	Turned    bool     `json:"turned"`
	Body      []string `json:"body"`
}

func decode(text []byte) (sample, error) {
	var s sample
	data, err := yaml.YAMLToJSON(text)
	if err != nil {
		return s, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return s, d.Decode(&s)
}
