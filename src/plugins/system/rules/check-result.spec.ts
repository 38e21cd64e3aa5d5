import type { ServiceDescription } from '../types';
import { bounded, reasonOf, serviceStatus } from './check-result';

const database: ServiceDescription = {
  role: 'DATABASE',
  engine: 'PostgreSQL',
  location: 'db:5432',
  backend: 'postgres',
};

describe('a check', () => {
  it('gives what the work gives', async () => {
    await expect(bounded(() => Promise.resolve(7), 1000)).resolves.toEqual({ ok: true, value: 7 });
  });

  it('turns a failure into a reason', async () => {
    await expect(bounded(() => Promise.reject(new Error('refused')), 1000)).resolves.toEqual({
      ok: false,
      reason: 'refused',
    });
  });

  it('does not wait for longer than the limit', async () => {
    await expect(bounded(() => new Promise(() => {}), 5)).resolves.toEqual({
      ok: false,
      reason: 'No answer within 0.005 s.',
    });
  });

  it('becomes a status that is up with a latency, or down with a message', () => {
    const { role, engine, location } = database;
    expect(serviceStatus(database, { ok: true, value: { latencyMs: 1.2345, version: '17.2' } })).toEqual({
      role,
      engine,
      location,
      up: true,
      latencyMs: 1.2,
      version: '17.2',
      message: null,
    });
    expect(serviceStatus(database, { ok: false, reason: 'refused' })).toEqual({
      role,
      engine,
      location,
      up: false,
      latencyMs: null,
      version: null,
      message: 'refused',
    });
  });
});

describe('a reason', () => {
  it('falls back to the code where the message is empty, as with refused connections to two addresses', () => {
    expect(reasonOf(Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }))).toBe(
      'ECONNREFUSED',
    );
  });

  it('is one short line without credentials', () => {
    const reason = reasonOf(
      new Error(`cannot reach redis://:hunter2@host:6379 ${'x'.repeat(500)}\nat stack`),
    );
    expect(reason).toMatch(/^cannot reach redis:\/\/\*\*\*@host:6379/);
    expect(reason).toHaveLength(200);
    expect(reasonOf('plain')).toBe('plain');
  });
});
