import { CALLS } from './calls.js';
import { CanvasView } from './canvas.js';
import { MethodFields, fill } from './methods.js';
import { body, grpcPort, models, path, stream } from './stream.js';

const QUESTION =
  'Nora has 27 eggs. Yasmin has 2 times as many as Nora. How many eggs do Nora and Yasmin have together?';
const FRAME_MS = 60;
const by = (id) => document.getElementById(id);
const still = matchMedia('(prefers-reduced-motion: reduce)');

const sides = [...document.querySelectorAll('fieldset')].map((fieldset, index) => ({
  fields: new MethodFields(fieldset, ['threshold', 'fixed_schedule'][index], ['dual_cache', 'no_cache'][index]),
  view: new CanvasView(by('sides'), 'AB'[index]),
}));
let known = [];
const gateway = { origin: location.origin, grpcPort: await grpcPort() };
let running = new AbortController();

function model() {
  return known.find(({ id }) => id === by('model').value);
}

function request(side) {
  return body({
    model: model(),
    prompt: by('prompt').value,
    length: Number(by('length').value),
    temperature: Number(by('temperature').value),
    seed: Number(by('seed').value),
    spec: side.fields.spec(),
  });
}

function tell(message, bad = false) {
  by('status').textContent = message;
  by('status').classList.toggle('bad', bad);
}

/** What a chunk says of the canvas; a small model would be done before anybody looked. */
async function show(view, chunk) {
  const { opened, delta, committed } = chunk.unmask ?? {};
  if (opened) {
    view.opened(opened);
  } else if (delta) {
    view.delta(delta);
    await new Promise((done) => setTimeout(done, still.matches ? 0 : FRAME_MS));
  } else if (committed) {
    view.committed(committed.text);
  }
  chunk.choices.filter((choice) => choice.unmask).forEach((choice) => view.closed(choice.unmask.usage));
}

async function runSide(side, signal) {
  const asked = request(side);
  asked.stream = true;
  asked.unmask.canvas_events = true;
  try {
    await stream(path(model()), asked, by('key').value, signal, (chunk) => show(side.view, chunk));
    return true;
  } catch (failure) {
    side.view.failed(signal.aborted ? 'stopped' : failure.message);
    return false;
  }
}

async function run(event) {
  event.preventDefault();
  if (!model()) {
    await loadModels();
  }
  if (!model()) {
    return;
  }
  running = new AbortController();
  sides.forEach(({ view }) => view.clear());
  by('run').disabled = true;
  by('stop').disabled = false;
  tell('decoding …');
  const ended = await Promise.all(sides.map((side) => runSide(side, running.signal)));
  by('run').disabled = false;
  by('stop').disabled = true;
  tell(ended.every(Boolean) ? 'done' : 'ended early', !ended.every(Boolean));
}

function showCall() {
  if (model()) {
    const make = CALLS[by('language').value];
    by('call').textContent = make(request(sides[Number(by('which').value)]), model(), gateway);
  }
}

function fit() {
  if (model()) {
    sides.forEach(({ fields }) => fields.fit(model()));
    showCall();
  }
}

async function loadModels() {
  try {
    known = await models(by('key').value);
    fill(by('model'), Object.fromEntries(known.map(({ id }) => [id, id])));
    by('model').value = known.find(({ id }) => id === 'unmask-mini-llada')?.id ?? known[0]?.id;
    fit();
    tell(known.length ? '' : 'no model is served yet', !known.length);
  } catch (failure) {
    tell(failure.message, true);
  }
}

by('prompt').value = QUESTION;
by('ask').addEventListener('submit', run);
by('stop').addEventListener('click', () => running.abort());
by('model').addEventListener('change', fit);
by('key').addEventListener('change', loadModels);
document.addEventListener('input', showCall);
document.addEventListener('change', showCall);
by('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(by('call').textContent);
  tell('copied');
});
loadModels();
