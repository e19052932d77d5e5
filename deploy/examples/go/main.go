// Streams one generation from an Unmask gateway. See ../README.md for how to make the stubs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"google.golang.org/grpc"

	generation "unmask.example/unmask/generation/v1"
	types "unmask.example/unmask/type/v1"
)

const longest = 10 * time.Minute

// request is one question as a conversation of one turn, decoded with every default.
func request(question, model string) *generation.GenerateRequest {
	turn := &types.Message{Role: "user", Content: question}
	conversation := &types.Conversation{Messages: []*types.Message{turn}}
	return &generation.GenerateRequest{
		Model:  model,
		Prompt: &types.Prompt{Content: &types.Prompt_Conversation{Conversation: conversation}},
	}
}

// stream prints final text as it comes and returns the last event's usage.
func stream(target string, message *generation.GenerateRequest) (*types.Usage, error) {
	channel, err := grpc.Dial(target, grpc.WithInsecure())
	if err != nil {
		return nil, err
	}
	defer channel.Close()
	deadline, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	events, err := generation.NewGenerationServiceClient(channel).Generate(deadline, message)
	if err != nil {
		return nil, err
	}
	for {
		event, err := events.Recv()
		if errors.Is(err, io.EOF) {
			return nil, errors.New("the stream ended without Closed")
		}
		if err != nil {
			return nil, err
		}
		if committed := event.GetCommitted(); committed != nil {
			fmt.Print(committed.GetText())
		}
		if closed := event.GetClosed(); closed != nil {
			fmt.Println()
			return closed.GetUsage(), nil
		}
	}
}

func main() {
	log.SetFlags(0)
	target := flag.String("target", "127.0.0.1:7301", "host:port of the gateway")
	model := flag.String("model", "", "default: the only one")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: generate [--target host:port] [--model name] question")
	}
	usage, err := stream(*target, request(flag.Arg(0), *model))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(os.Stderr, "%d tokens in %d steps, %.2f tokens a step\n",
		usage.GetCompletionTokens(), usage.GetSteps(), usage.GetTokensPerStep())
}
