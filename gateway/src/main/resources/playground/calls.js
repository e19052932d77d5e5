// A request as a person would write it elsewhere.
import { path } from './stream.js';

export const CALLS = {
  curl: (request, model, { origin }) =>
    `curl ${origin}${path(model)} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(request, null, 2))}`,

  python: (request, model, { origin }) => {
    const { unmask, messages, prompt, ...plain } = request;
    const asked = messages ? `messages=${JSON.stringify(messages)}` : `prompt=${JSON.stringify(prompt)}`;
    const method = messages ? 'chat.completions' : 'completions';
    const fields = Object.entries(plain).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return `from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="unused")
answer = client.${method}.create(
    ${[asked, ...fields].join(',\n    ')},
    extra_body=${JSON.stringify({ unmask })},
)
print(answer.choices[0].${messages ? 'message.content' : 'text'})`;
  },

  grpcurl: ({ model, messages, prompt, max_tokens: length, temperature, seed, unmask }, _, { origin, grpcPort }) => {
    const spec = { generation_length: length, sampling: { temperature, seed }, ...unmask.spec };
    const asked = messages ? { conversation: { messages } } : { text: prompt };
    const request = { model, prompt: asked, spec };
    const { hostname, protocol } = new URL(origin);
    const plain = protocol === 'http:' ? ' -plaintext' : '';
    return `grpcurl${plain} -d ${quoted(JSON.stringify(request, null, 2))} ${hostname}:${grpcPort} unmask.generation.v1.GenerationService/Generate`;
  },
};

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
