// Uses the playground by keyboard alone, in a browser, against a running gateway.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [, , url, browser, profile] = process.argv;
const PATIENCE = { timeout: 60_000 };
const PHONE = { width: 390, height: 844 };

const context = await chromium.launchPersistentContext(profile, {
  executablePath: browser,
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});
const page = await context.newPage();
const errors = [];
page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
page.on('pageerror', (failure) => errors.push(String(failure)));

async function focused() {
  return page.evaluate(() => document.activeElement.id);
}

async function tabTo(id) {
  for (let i = 0; i < 20 && (await focused()) !== id; i++) {
    await page.keyboard.press('Tab');
  }
  assert.equal(await focused(), id, `${id} cannot be reached by keyboard`);
}

await page.goto(url);
await page.waitForFunction(() => document.querySelector('#model').value !== '', null, PATIENCE);
await tabTo('length');
await page.keyboard.press('Control+A');
await page.keyboard.type('64');
await tabTo('run');
await page.keyboard.press('Enter');
await page.waitForFunction(
  () => ['done', 'ended early'].includes(document.querySelector('#status').textContent),
  null,
  PATIENCE,
);
assert.equal(await page.locator('#status').textContent(), 'done');
for (const text of await page.locator('.text').allTextContents()) {
  assert.match(text, /81/);
}
assert.equal(await page.locator('.token').count(), 2 * 64);
assert.ok((await page.locator('.token:not(.mask)').count()) > 0);
assert.match(await page.locator('#call').textContent(), /^curl /);
await page.selectOption('#language', 'grpcurl');
const { grpc_port: grpcPort } = await page.evaluate(() => fetch('/version').then((answer) => answer.json()));
assert.match(await page.locator('#call').textContent(), new RegExp(`^grpcurl -plaintext [^]*127.0.0.1:${grpcPort} `));
const unnamed = await page.evaluate(
  () => [...document.querySelectorAll('input, select, textarea')].filter((field) => !field.labels.length).length,
);
assert.equal(unnamed, 0, 'fields without labels');
await page.setViewportSize(PHONE);
assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width);
assert.deepEqual(errors, []);
await context.close();
console.log('the playground works');
