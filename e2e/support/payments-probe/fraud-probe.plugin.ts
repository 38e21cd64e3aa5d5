import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  Permission,
  PluginCommonModule,
  RequestContext,
  TransactionalConnection,
  VendurePlugin,
} from '@vendure/core';
import gql from 'graphql-tag';
import { FraudPlugin, ScoringPersonalData } from '../../../src/plugins/fraud';
import { checkPersonalDataContract } from '../../../src/plugins/privacy';

/** What a test asks that no API of the plugin's own tells. */
@Resolver()
export class FraudProbeResolver {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly scoring: ScoringPersonalData,
  ) {}

  @Query()
  @Allow(Permission.SuperAdmin)
  probeScoringData(
    @Ctx() ctx: RequestContext,
    @Args() { subject, bystander }: { subject: string; bystander: string },
  ): Promise<string[]> {
    const person = (customerId: string) => ({ customerId, emailAddresses: [] });
    return this.connection.withTransaction(ctx, tx =>
      checkPersonalDataContract(this.scoring, {
        ctx: tx,
        subject: person(subject),
        bystander: person(bystander),
      }),
    );
  }
}

@VendurePlugin({
  imports: [PluginCommonModule, FraudPlugin],
  adminApiExtensions: {
    schema: gql`
      extend type Query {
        probeScoringData(subject: String!, bystander: String!): [String!]!
      }
    `,
    resolvers: [FraudProbeResolver],
  },
  compatibility: '^3.7.0',
})
export class FraudProbePlugin {}
