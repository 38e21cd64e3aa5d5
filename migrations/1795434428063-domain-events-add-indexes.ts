import { MigrationInterface, QueryRunner } from 'typeorm';

/** Events by channel, as staff read them, and by the user who caused them, as a person's data is exported. */
export class DomainEventsAddIndexes1795434428063 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_channel" ON "domain_event" ("channelId", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_user" ON "domain_event" ("userId") WHERE "userId" IS NOT NULL`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_user"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_channel"`, undefined);
  }
}
