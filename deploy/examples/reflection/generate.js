// Streams one generation from an Unmask gateway without generated code or .proto files: messages
// and services come from server reflection. See ../README.md.
'use strict';

const { parseArgs } = require('node:util');
const grpc = require('@grpc/grpc-js');
const { GrpcReflection } = require('grpc-js-reflection-client');

const SERVICE = 'unmask.generation.v1.GenerationService';
const LONGEST_MS = 600_000;

async function connect(target) {
  const credentials = grpc.credentials.createInsecure();
  const reflection = new GrpcReflection(target, credentials, {}, 'v1');
  const descriptor = await reflection.getDescriptorBySymbol(SERVICE);
  const root = descriptor.getPackageObject({ keepCase: true, enums: String, longs: String, oneofs: true });
  return new root.unmask.generation.v1.GenerationService(target, credentials);
}

function stream(service, request) {
  return new Promise((resolve, reject) => {
    const events = service.Generate(request, { deadline: Date.now() + LONGEST_MS });
    let usage;
    events.on('data', (event) => {
      if (event.event === 'committed') {
        process.stdout.write(event.committed.text);
      } else if (event.event === 'closed') {
        usage = event.closed.usage;
      }
    });
    events.on('error', reject);
    events.on('end', () => resolve(usage));
  });
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      target: { type: 'string', default: '127.0.0.1:7301' },
      model: { type: 'string', default: '' },
    },
  });
  const service = await connect(values.target);
  const prompt = { conversation: { messages: [{ role: 'user', content: positionals.join(' ') }] } };
  const usage = await stream(service, { model: values.model, prompt });
  console.log();
  console.error(`${usage.completion_tokens} tokens in ${usage.steps} steps`);
  service.close();
}

main().catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});
