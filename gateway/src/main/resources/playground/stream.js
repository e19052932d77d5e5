// One streamed request: server-sent events of OpenAI's API, the canvas's events among them.

/** The body of a request; what a conversation is to a model that has no template for one is a text. */
export function body({ model, prompt, length, temperature, seed, spec }) {
  const asked = model.has_chat_template
    ? { messages: [{ role: 'user', content: prompt }] }
    : { prompt };
  return { model: model.id, ...asked, max_tokens: length, temperature, seed, unmask: { spec } };
}

export function path(model) {
  return model.has_chat_template ? '/v1/chat/completions' : '/v1/completions';
}

/** Tells every chunk to a listener, in order. */
export async function stream(url, request, key, signal, listener) {
  const response = await fetch(url, {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json', ...authorization(key) },
    body: JSON.stringify(request),
  });
  if (!response.ok) {
    throw new Error(await failure(response));
  }
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const data = event.replace(/^data: ?/, '');
      if (data === '[DONE]') {
        return;
      }
      const chunk = JSON.parse(data);
      if (chunk.error) {
        throw new Error(chunk.error.message);
      }
      await listener(chunk);
    }
  }
  throw new Error('the stream broke off');
}

/** Where the same gateway speaks gRPC. */
export async function grpcPort() {
  return (await (await fetch('/version')).json()).grpc_port;
}

export async function models(key) {
  const response = await fetch('/v1/models', { headers: authorization(key) });
  if (!response.ok) {
    throw new Error(await failure(response));
  }
  return (await response.json()).data;
}

function authorization(key) {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

async function failure(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return `${response.status} ${response.statusText}`;
  }
}
