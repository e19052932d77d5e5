// The methods to choose from, as fields of DecodingSpec.

const POLICIES = {
  threshold: { label: 'Threshold', value: 0.9, spec: (v) => ({ threshold: { threshold: v } }) },
  fixed_schedule: { label: 'Tokens a step', value: 1, spec: (v) => ({ fixed_schedule: { tokens_per_step: v } }) },
  factor: { label: 'Factor', value: 1, spec: (v) => ({ factor: { factor: v } }) },
  entropy_bound: { label: 'Entropy bound', value: 0.1, spec: (v) => ({ entropy_bound: { gamma: v } }) },
  left_to_right: { label: 'Left to right', value: 1, spec: (v) => ({ left_to_right: { min_tokens_per_step: v } }) },
};
const CACHES = {
  full: { dual_cache: 'Dual cache', prefix_cache: 'Prefix cache', no_cache: 'No cache', dllm_cache: 'dLLM-Cache', d2_cache: 'd2Cache', sparse_dllm: 'Sparse-dLLM' },
  causal: { block_cache: 'Block cache', no_cache: 'No cache' },
};

/** The fields of one side: a policy, its parameter, a cache. */
export class MethodFields {
  constructor(fieldset, policy, cache) {
    const side = fieldset.dataset.side;
    this.policy = labelled(fieldset, `policy-${side}`, 'Unmask policy', document.createElement('select'));
    this.value = labelled(fieldset, `value-${side}`, 'Its bound', document.createElement('input'));
    this.cache = labelled(fieldset, `cache-${side}`, 'Cache policy', document.createElement('select'));
    this.preferred = cache;
    Object.assign(this.value, { type: 'number', step: 'any', min: '0' });
    fill(this.policy, Object.fromEntries(Object.entries(POLICIES).map(([name, { label }]) => [name, label])));
    this.policy.addEventListener('change', () => { this.value.value = POLICIES[this.policy.value].value; });
    this.policy.value = policy;
    this.value.value = POLICIES[policy].value;
  }

  /** Offers what makes sense with a model. */
  fit(model) {
    fill(this.cache, model.block_length > 0 ? CACHES.causal : CACHES.full);
    if ([...this.cache.options].some((option) => option.value === this.preferred)) {
      this.cache.value = this.preferred;
    }
  }

  spec() {
    return { ...POLICIES[this.policy.value].spec(Number(this.value.value)), [this.cache.value]: {} };
  }
}

function labelled(parent, id, text, field) {
  const box = document.createElement('div');
  const label = document.createElement('label');
  label.htmlFor = id;
  label.textContent = text;
  field.id = id;
  box.append(label, field);
  parent.append(box);
  return field;
}

export function fill(select, entries) {
  select.replaceChildren(...Object.entries(entries).map(([value, text]) => new Option(text, value)));
}
