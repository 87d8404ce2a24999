// A Go net/http server of one list: `marshal` turns it into JSON for every request, `prepared` sends the bytes.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
)

type group struct {
	ID                string            `json:"id"`
	Name              string            `json:"name"`
	SubscriptionID    string            `json:"subscriptionId"`
	Location          string            `json:"location"`
	Tags              map[string]string `json:"tags"`
	ManagedBy         *string           `json:"managedBy"`
	ProvisioningState string            `json:"provisioningState"`
}

type page struct {
	Value         []group         `json:"value"`
	NextPageToken string          `json:"nextPageToken,omitempty"`
	Freshness     json.RawMessage `json:"freshness"`
	Errors        json.RawMessage `json:"errors"`
}

func main() {
	port, path, file, mode := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	body, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	path, _, _ = strings.Cut(path, "?")
	handler := marshalled(body)
	if mode == "prepared" {
		handler = prepared(body)
	}
	http.HandleFunc("GET "+path, handler)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}

func prepared(body []byte) http.HandlerFunc {
	length := strconv.Itoa(len(body))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", length)
		w.Write(body)
	}
}

func marshalled(body []byte) http.HandlerFunc {
	list := parse(body)
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(list)
	}
}

// Typed values, as a program that has read them from ARM holds them.
func parse(body []byte) any {
	var names []string
	if json.Unmarshal(body, &names) == nil {
		return names
	}
	var groups page
	if err := json.Unmarshal(body, &groups); err != nil {
		log.Fatal(err)
	}
	return groups
}
