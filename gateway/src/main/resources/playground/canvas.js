// One side of the page: a canvas, its text, what it took.

const FIGURES = {
  steps: ['Steps', (u) => u.steps],
  pace: ['Tokens a step', (u) => u.tokens_per_step.toFixed(1)],
  speed: ['Tokens/s', (u) => Math.round((u.completion_tokens * 1000) / Math.max(u.duration_ms, 1))],
  first: ['First block', (u) => `${Math.round(u.time_to_first_block_ms)} ms`],
  rows: ['Rows computed', (u) => `${Math.round((100 * u.rows_computed) / Math.max(u.rows_uncached, 1))} %`],
  pages: ['Pages hit', (u) => u.pages_hit],
};

export class CanvasView {
  constructor(parent, name) {
    this.section = document.createElement('section');
    const title = document.createElement('h2');
    title.textContent = `Method ${name}`;
    this.canvas = element('div', 'canvas');
    this.canvas.setAttribute('role', 'img');
    this.text = element('p', 'text');
    this.text.setAttribute('aria-live', 'polite');
    this.figures = document.createElement('dl');
    this.section.append(title, this.canvas, this.text, this.figures);
    parent.append(this.section);
    this.clear();
  }

  clear() {
    this.canvas.replaceChildren();
    this.canvas.setAttribute('aria-label', 'The canvas, empty');
    this.text.replaceChildren();
    this.text.classList.remove('bad');
    this.figures.replaceChildren(
      ...Object.entries(FIGURES).map(([id, [label]]) => figure(id, label)),
    );
    this.known = 0;
  }

  opened({ prompt_tokens: start, generation_length: length }) {
    this.start = start;
    this.cells = Array.from({ length }, () => mask(element('span', 'token')));
    this.canvas.replaceChildren(...this.cells);
  }

  delta({ step, commits, revoked }) {
    revoked.forEach((position) => mask(this.cells[position - this.start]));
    commits.forEach((commit) => unmask(this.cells[commit.position - this.start], commit, step));
    this.known += commits.length - revoked.length;
    this.canvas.setAttribute('aria-label', `${this.known} of ${this.cells.length} tokens after step ${step + 1}`);
    this.set('steps', step + 1);
    this.set('pace', (this.known / (step + 1)).toFixed(1));
  }

  committed(text) {
    this.text.append(text);
  }

  closed(usage) {
    Object.entries(FIGURES).forEach(([id, [, value]]) => this.set(id, value(usage)));
  }

  failed(message) {
    this.text.textContent = message;
    this.text.classList.add('bad');
  }

  set(id, value) {
    this.figures.querySelector(`[data-figure=${id}]`).textContent = value;
  }
}

function mask(cell) {
  cell.className = 'token mask';
  cell.textContent = '·';
  cell.style.background = '';
  cell.title = 'a mask';
  return cell;
}

/** Hue is the step, depth is confidence. */
function unmask(cell, { piece, confidence }, step) {
  cell.className = 'token new';
  cell.textContent = piece.replaceAll('\n', '⏎').trim() || '␣';
  const depth = 0.25 + 0.75 * Math.min(Math.max(confidence, 0), 1);
  cell.style.background = `hsl(${(215 + step * 37) % 360} 65% var(--light) / ${depth})`;
  cell.title = `step ${step}, ${(100 * confidence).toFixed(1)} % sure`;
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function figure(id, label) {
  const box = document.createElement('div');
  const term = document.createElement('dt');
  const value = document.createElement('dd');
  term.textContent = label;
  value.dataset.figure = id;
  value.textContent = '–';
  box.append(term, value);
  return box;
}
