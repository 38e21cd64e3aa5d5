import { type OnModuleInit } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  Permission,
  PluginCommonModule,
  RequestContext,
  Transaction,
  TransactionalConnection,
  UserInputError,
  VendurePlugin,
} from '@vendure/core';
import gql from 'graphql-tag';
import {
  DomainEventError,
  DomainEventsPlugin,
  EventPersonalData,
  EventRegistry,
  OutboxService,
} from '../../../src/plugins/domain-events';
import { checkPersonalDataContract } from '../../../src/plugins/privacy';
import { PROBE_EVENTS } from './probe-events';
import { probeHandlers } from './probe-handlers';

interface ProbeInput {
  eventType: string;
  aggregateId: string;
  numbers: number[];
  customerId?: string;
  note?: string;
}

/** The typed error as the client's own: others are hidden from it. */
function tell(error: unknown): never {
  if (error instanceof DomainEventError) throw new UserInputError(`${error.code}: ${error.message}`);
  throw error;
}

/** What a test calls to publish, with and without a transaction. */
@Resolver()
export class ProbeResolver {
  constructor(
    private readonly outbox: OutboxService,
    private readonly connection: TransactionalConnection,
    private readonly personalData: EventPersonalData,
  ) {}

  @Mutation()
  @Transaction()
  @Allow(Permission.SuperAdmin)
  async publishProbes(
    @Ctx() ctx: RequestContext,
    @Args() args: { input: ProbeInput; fail?: boolean; invalid?: boolean },
  ): Promise<string[]> {
    const { eventType, aggregateId, numbers, customerId = null, note = null } = args.input;
    const ids: string[] = [];
    for (const number of numbers) {
      const eventData = { number: args.invalid ? 'many' : number, customerId, note };
      const event = { eventType, aggregateType: 'Probe', aggregateId, eventData };
      ids.push(await this.outbox.publish(ctx, event).catch(tell));
    }
    if (args.fail) throw new UserInputError('rolled back');
    return ids;
  }

  @Mutation()
  @Allow(Permission.SuperAdmin)
  publishWithoutTransaction(
    @Ctx() ctx: RequestContext,
    @Args() args: { eventType: string },
  ): Promise<string> {
    const eventData = { number: 1, customerId: null, note: null };
    const event = { eventType: args.eventType, aggregateType: 'Probe', aggregateId: 'none', eventData };
    return this.outbox.publish(ctx, event).catch(tell);
  }

  @Query()
  @Allow(Permission.SuperAdmin)
  personalDataBreaches(
    @Ctx() ctx: RequestContext,
    @Args() args: { subject: string; bystander: string },
  ): Promise<string[]> {
    const person = (customerId: string) => ({ customerId, emailAddresses: [] });
    return this.connection.withTransaction(ctx, txCtx =>
      checkPersonalDataContract(this.personalData, {
        ctx: txCtx,
        subject: person(args.subject),
        bystander: person(args.bystander),
      }),
    );
  }

  /** The fields of which an export has anything, by name. */
  @Query()
  @Allow(Permission.SuperAdmin)
  async exportedFields(
    @Ctx() ctx: RequestContext,
    @Args() args: { customerId: string; userId: string },
  ): Promise<string[]> {
    const records = await this.personalData.export(ctx, { ...args, emailAddresses: [] });
    return [...new Set(records.map(({ field }) => field))].sort();
  }
}

/** Handlers with trouble built in, through the plugin's public door. */
@VendurePlugin({
  imports: [PluginCommonModule, DomainEventsPlugin],
  adminApiExtensions: {
    schema: gql`
      input ProbeInput {
        eventType: String!
        aggregateId: String!
        numbers: [Int!]!
        customerId: String
        note: String
      }
      extend type Query {
        personalDataBreaches(subject: String!, bystander: String!): [String!]!
        exportedFields(customerId: String!, userId: String!): [String!]!
      }
      extend type Mutation {
        publishProbes(input: ProbeInput!, fail: Boolean, invalid: Boolean): [String!]!
        publishWithoutTransaction(eventType: String!): String!
      }
    `,
    resolvers: [ProbeResolver],
  },
})
export class EventsProbePlugin implements OnModuleInit {
  constructor(
    private readonly registry: EventRegistry,
    private readonly connection: TransactionalConnection,
  ) {}

  onModuleInit(): void {
    this.registry.registerEvents(...PROBE_EVENTS);
    this.registry.registerHandlers(...probeHandlers(this.connection));
  }
}
