import type { z } from 'zod';
import { InvalidDefinitionError } from '../errors';
import type { DomainEventDefinition, EventData } from '../types';

export interface EventDefinitionInput<Data extends EventData> {
  type: string;
  aggregateType: string;
  schemaVersion: number;
  schema: z.ZodType<Data>;
  personalData?: readonly string[];
  customerId?: (data: Data) => string | null | undefined;
}

const PASCAL_CASE = /^[A-Z][A-Za-z0-9]{1,99}$/;

/**
 * Declares an event type. Register it with `EventRegistry.registerEvents` in `onModuleInit`, and publish it with
 * `outbox.publish(ctx, OrderPlaced.of(order.id, { ... }))`.
 *
 * Data is ids and facts: amounts in minor units, no secrets, people by their id. What is personal all the same is
 * named in `personalData`.
 *
 * @throws InvalidDefinitionError at once, when the declaration cannot work
 */
export function defineEvent<Data extends EventData>(
  input: EventDefinitionInput<Data>,
): DomainEventDefinition<Data> {
  const what = `The event type "${input.type}"`;
  if (!PASCAL_CASE.test(input.type))
    throw new InvalidDefinitionError(what, 'its name must be in PascalCase, such as OrderPlaced');
  if (!PASCAL_CASE.test(input.aggregateType))
    throw new InvalidDefinitionError(what, 'its aggregate type must be in PascalCase, such as Order');
  if (!Number.isInteger(input.schemaVersion) || input.schemaVersion < 1)
    throw new InvalidDefinitionError(what, 'its schema version must be a whole number from 1');
  return {
    ...input,
    personalData: input.personalData ?? [],
    of: (aggregateId, eventData) => ({
      eventType: input.type,
      aggregateType: input.aggregateType,
      aggregateId: String(aggregateId),
      eventData,
    }),
  };
}
