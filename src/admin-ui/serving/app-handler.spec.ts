import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { AdminUiConfig } from '@vendure/common/lib/shared-types';
import { useTemporaryFolder } from '../build/testing';
import { appHandler } from './app-handler';
import type { BuiltApp } from './built-app';

describe('serving the app', () => {
  const folder = useTemporaryFolder();
  let server: Server;
  let app: BuiltApp;

  beforeEach(done => {
    app = { dir: undefined, unready: { state: 'building' } };
    const handler = appHandler({
      find: () => app,
      config: () => ({ brand: 'Tradewind' }) as AdminUiConfig,
      assetOrigin: 'http://shop.example',
    });
    server = express().use('/admin', handler).listen(0, '127.0.0.1', done);
  });
  afterEach(done => {
    server.close(done);
    server.closeAllConnections();
  });

  const get = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  const built = (name: string) => {
    folder.write({
      [`${name}/index.html`]: name,
      [`${name}/main-ABCD1234.js`]: 'code',
      [`${name}/a.css`]: '',
    });
    app = { dir: folder.path(name) };
  };

  it('answers 503 with a page that reloads, until the app is there, without a restart', async () => {
    const before = await get('/admin/');
    expect(before.status).toBe(503);
    expect(before.headers.get('retry-after')).toBe('5');
    expect(before.headers.get('cache-control')).toBe('no-store');
    expect(await before.text()).toContain('being built');
    built('one');
    const after = await get('/admin/');
    expect([after.status, await after.text()]).toEqual([200, 'one']);
    built('two');
    expect(await (await get('/admin/')).text()).toBe('two');
  });

  it('gives the first page for the routes of the app, but not for a missing file', async () => {
    built('one');
    expect(await (await get('/admin/extensions/system')).text()).toBe('one');
    expect(await (await get('/admin/orders/1?tab=2')).text()).toBe('one');
    expect((await get('/admin/chunk-GONE1234.js')).status).toBe(404);
    expect((await get('/admin/..%2f..%2fetc/passwd.txt')).status).toBeGreaterThanOrEqual(400);
  });

  it('lets browsers keep what never changes, and nothing else', async () => {
    built('one');
    expect((await get('/admin/main-ABCD1234.js')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/admin/a.css')).headers.get('cache-control')).toBe('no-cache');
    expect((await get('/admin/')).headers.get('cache-control')).toBe('no-cache');
  });

  it("answers the app's settings from the server's", async () => {
    built('one');
    folder.write({ 'one/vendure-ui-config.json': '{"brand":"from the build"}' });
    const response = await get('/admin/vendure-ui-config.json');
    expect(await response.json()).toEqual({ brand: 'Tradewind' });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('may not be framed and may not load from elsewhere', async () => {
    built('one');
    const { headers } = await get('/admin/');
    expect(headers.get('x-frame-options')).toBe('DENY');
    // It compiles its translations: without this it would show raw keys.
    expect(headers.get('content-security-policy')).toContain("script-src 'self' 'unsafe-eval';");
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'self'.*img-src [^;]*http:\/\/shop.example/,
    );
  });

  it('leaves other methods to others', async () => {
    built('one');
    expect((await get('/admin/', { method: 'POST' })).status).toBe(404);
  });
});
