// What OpenAI's own client can do with an Unmask gateway; fails where it cannot. See ../README.md.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import OpenAI from 'openai';

const QUESTION =
  'Nora has 27 eggs. Yasmin has 2 times as many as Nora. How many eggs do Nora and Yasmin have together?';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:7300' },
    model: { type: 'string', default: 'unmask-mini-llada' },
    key: { type: 'string', default: 'unused' },
  },
});
const client = new OpenAI({ baseURL: `${values.url}/v1`, apiKey: values.key, maxRetries: 0 });
const model = values.model;
const messages = [{ role: 'user', content: QUESTION }];

async function chat() {
  const answer = await client.chat.completions.create({ model, messages, max_tokens: 128 });
  const [choice] = answer.choices;
  assert.equal(choice.message.role, 'assistant');
  assert.ok(choice.message.content.length > 0);
  assert.equal(choice.finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  console.log(choice.message.content);
  console.log(`${choice.unmask.usage.steps} steps, ${choice.unmask.usage.tokens_per_step.toFixed(1)} tokens each`);
  return choice.message.content;
}

async function streaming(whole) {
  const stream = await client.chat.completions.create({
    model,
    messages,
    max_tokens: 128,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, whole);
  assert.ok(usage.completion_tokens > 0);
}

async function completionWithStop() {
  const request = { model, prompt: `Question: ${QUESTION}\nAnswer:`, max_tokens: 64 };
  const free = (await client.completions.create(request)).choices[0].text;
  const stop = free[Math.floor(free.length / 2)];
  const { choices } = await client.completions.create({ ...request, stop: [stop] });
  assert.equal(choices[0].finish_reason, 'stop');
  assert.equal(choices[0].text, free.slice(0, free.indexOf(stop)));
}

async function refusals() {
  await assert.rejects(
    client.chat.completions.create({ model, messages, logit_bias: { 5: 1 } }),
    (failure) => failure instanceof OpenAI.BadRequestError && failure.param === 'logit_bias',
  );
  await assert.rejects(
    client.chat.completions.create({ model: 'nobody', messages }),
    (failure) => failure instanceof OpenAI.NotFoundError && failure.code === 'model_not_found',
  );
}

const { data } = await client.models.list();
assert.ok(data.some(({ id }) => id === model), `${model} is not served`);
const whole = await chat();
await streaming(whole);
await completionWithStop();
await refusals();
console.log('all of it works');
