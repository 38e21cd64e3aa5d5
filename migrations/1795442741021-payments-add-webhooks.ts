import { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox for the messages of payment providers. */
export class PaymentsAddWebhooks1795442741021 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "payment_webhook" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "provider" character varying(64) NOT NULL, "eventId" character varying(255) NOT NULL, "type" character varying(100) NOT NULL, "kind" character varying(16) NOT NULL, "transactionId" character varying(255), "reference" character varying(64), "occurredAt" TIMESTAMP WITH TIME ZONE, "dispute" jsonb, "state" character varying(16) NOT NULL DEFAULT 'received', "attempts" integer NOT NULL DEFAULT '0', "error" character varying(500), "receivedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "processedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, CONSTRAINT "PK_2171f35dcdaf3618449fc1cc6bd" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_68c1b97dfd8eba5567d6c362c3" ON "payment_webhook" ("processedAt") WHERE "processedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_52cf501ff37cf53366f0dc3313" ON "payment_webhook" ("transactionId") WHERE "transactionId" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_b6ba75fe0146ea9faf7cc062b9" ON "payment_webhook" ("state", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_payment_webhook_once" ON "payment_webhook" ("provider", "eventId") `,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`DROP INDEX "public"."IDX_payment_webhook_once"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_b6ba75fe0146ea9faf7cc062b9"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_52cf501ff37cf53366f0dc3313"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_68c1b97dfd8eba5567d6c362c3"`, undefined);
    await queryRunner.query(`DROP TABLE "payment_webhook"`, undefined);
  }
}
