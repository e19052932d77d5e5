// Streams one generation over gRPC, by the .proto files. See ../README.md.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const PROTOS = fileURLToPath(new URL('../../../proto/src/main/protobuf', import.meta.url));
const LONGEST_MS = 600_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: 'string', default: '127.0.0.1:7301' },
    model: { type: 'string', default: '' },
  },
});
const definition = loader.loadSync('unmask/generation/v1/generation.proto', {
  includeDirs: [PROTOS],
  keepCase: true,
  enums: String,
  longs: String,
  oneofs: true,
});
const { GenerationService } = grpc.loadPackageDefinition(definition).unmask.generation.v1;
const service = new GenerationService(values.target, grpc.credentials.createInsecure());
const prompt = { conversation: { messages: [{ role: 'user', content: positionals.join(' ') }] } };
const events = service.Generate(
  { model: values.model, prompt },
  { deadline: Date.now() + LONGEST_MS },
);
try {
  for await (const event of events) {
    if (event.event === 'committed') {
      process.stdout.write(event.committed.text);
    } else if (event.event === 'closed') {
      console.log();
      console.error(`${event.closed.usage.steps} steps`);
    }
  }
} catch (failure) {
  console.error(failure.message);
  process.exitCode = 1;
}
service.close();
