#!/usr/bin/env bash
# OpenAI's API by curl: models, an answer, a stream with the canvas's events, a refusal.
set -euo pipefail

url=${1:-http://127.0.0.1:7300}
model=${2:-unmask-mini-llada}
question='Nora has 27 eggs. Yasmin has 2 times as many as Nora. How many eggs do Nora and Yasmin have together?'

post() { curl --silent --show-error --no-buffer "$url$1" -H 'Content-Type: application/json' -d "$2"; echo; }

curl --silent --show-error --fail "$url/v1/models"; echo
post /v1/chat/completions "{\"model\": \"$model\", \"messages\": [{\"role\": \"user\", \"content\": \"$question\"}]}"
post /v1/completions "{\"model\": \"$model\", \"prompt\": \"Question: $question\\nAnswer:\", \"max_tokens\": 32,
  \"stream\": true, \"unmask\": {\"canvas_events\": true, \"spec\": {\"factor\": {}}}}"
post /v1/completions "{\"model\": \"$model\", \"prompt\": \"a\", \"echo\": true}"
