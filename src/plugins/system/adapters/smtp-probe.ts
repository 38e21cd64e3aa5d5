import { connect as connectTcp } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectTls } from 'node:tls';
import type { Probe } from '../types';

/**
 * Connects to the mail server, waits for its greeting and says goodbye. It does not log in: mail services limit
 * logins, and a page that refreshes itself must not use them up.
 */
export function smtpProbe(url: string, timeoutMs: number): Probe {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'smtps:';
  const address = { host: hostname, port: Number(port || (secure ? 465 : 587)) };
  return () =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const socket = secure ? connectTls({ ...address, servername: hostname }) : connectTcp(address);
      const fail = (error: Error) => {
        socket.destroy();
        reject(error);
      };
      let greeting = '';
      socket.setTimeout(timeoutMs, () => fail(new Error('It sends no greeting.')));
      socket.once('error', fail);
      socket.once('close', () => fail(new Error('It closed the connection without a greeting.')));
      socket.on('data', (chunk: Buffer) => {
        greeting += chunk.toString('latin1');
        if (!greeting.includes('\n')) return;
        if (!greeting.startsWith('220'))
          return fail(new Error(`It answers: ${greeting.split('\r')[0] ?? ''}`));
        resolve({ latencyMs: performance.now() - startedAt, version: null });
        socket.end('QUIT\r\n');
      });
    });
}
