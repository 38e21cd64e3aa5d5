import { z } from 'zod';
import { defineEvent } from '../../../src/plugins/domain-events';

const schema = z.object({
  number: z.number().int(),
  customerId: z.string().nullable(),
  note: z.string().nullable(),
});

const probe = (type: string) =>
  defineEvent({
    type,
    aggregateType: 'Probe',
    schemaVersion: 1,
    schema,
    personalData: ['note'],
    customerId: data => data.customerId,
  });

/** For `probe.record`, which writes a row, and `probe.echo`, which does it too but never meets trouble. */
export const ProbeHappened = probe('ProbeHappened');
/** `probe.poisoned` throws on it until it is repaired. */
export const ProbePoisoned = probe('ProbePoisoned');
/** `probe.strict` throws on it until it is repaired, and holds its aggregate up. */
export const ProbeStrict = probe('ProbeStrict');
/** `probe.hang` takes longer than its limit, and writes too late. */
export const ProbeHung = probe('ProbeHung');
/** `probe.kill` kills its process. */
export const ProbeKilled = probe('ProbeKilled');
/** `probe.call` has an effect outside. */
export const ProbeCalled = probe('ProbeCalled');

export const PROBE_EVENTS = [
  ProbeHappened,
  ProbePoisoned,
  ProbeStrict,
  ProbeHung,
  ProbeKilled,
  ProbeCalled,
] as const;
