import { MigrationInterface, QueryRunner } from 'typeorm';

/** Reconciliation with the providers: differences, runs, disputes, and when money moved. */
export class PaymentsAddReconciliation1795454573148 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "payment_difference" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "subject" character varying(330) NOT NULL, "kind" character varying(32) NOT NULL, "status" character varying(16) NOT NULL DEFAULT 'open', "provider" character varying(64) NOT NULL, "currencyCode" character varying(3) NOT NULL, "ours" jsonb NOT NULL, "theirs" jsonb, "amount" integer NOT NULL, "possible" jsonb NOT NULL, "lastSeenAt" TIMESTAMP WITH TIME ZONE NOT NULL, "resolvedAt" TIMESTAMP WITH TIME ZONE, "resolution" character varying(16), "note" character varying(500), "workedOnUntil" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "orderId" integer, "attemptId" integer, "resolvedById" integer, CONSTRAINT "PK_43e03a861d4f988d678fe5cae49" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_5e5827109dacb3723251dff57c" ON "payment_difference" ("orderId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_9dcb21b29bb2cbe391f44164ba" ON "payment_difference" ("attemptId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_9035d3c1826f03b0a0b94df151" ON "payment_difference" ("resolvedAt") WHERE "resolvedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_78ab69740e5db2c4711d3de9a2" ON "payment_difference" ("status", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_c8a459aa9d59288888f2ee1897" ON "payment_difference" ("subject", "kind", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_payment_difference_one_open" ON "payment_difference" ("subject", "kind") WHERE status = 'open'`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "payment_dispute" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "provider" character varying(64) NOT NULL, "providerDisputeId" character varying(100) NOT NULL, "transactionId" character varying(255), "amount" integer NOT NULL, "currencyCode" character varying(3) NOT NULL, "reason" character varying(100) NOT NULL, "status" character varying(16) NOT NULL, "respondBy" TIMESTAMP WITH TIME ZONE, "openedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "closedAt" TIMESTAMP WITH TIME ZONE, "toldAt" TIMESTAMP WITH TIME ZONE NOT NULL, "id" SERIAL NOT NULL, "orderId" integer, "attemptId" integer, "paymentId" integer, CONSTRAINT "PK_e943d7996e93b4b512eafd48bbf" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_d617f08362ec0538e4c3093bd3" ON "payment_dispute" ("orderId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_15234c91052d14a74a9d8277b6" ON "payment_dispute" ("attemptId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_6fcae9662ec7dcac07c1c54f27" ON "payment_dispute" ("closedAt") WHERE "closedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_abffd8503d13e5183ed12426b9" ON "payment_dispute" ("openedAt") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_7507f4027db03626a49e05ef06" ON "payment_dispute" ("status", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_payment_dispute_once" ON "payment_dispute" ("provider", "providerDisputeId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "payment_reconciliation_run" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "state" character varying(16) NOT NULL, "trigger" character varying(16) NOT NULL, "slot" smallint, "worker" uuid, "leaseUntil" TIMESTAMP WITH TIME ZONE, "startedAt" TIMESTAMP WITH TIME ZONE, "endedAt" TIMESTAMP WITH TIME ZONE, "checked" integer NOT NULL DEFAULT '0', "repaired" integer NOT NULL DEFAULT '0', "differences" integer NOT NULL DEFAULT '0', "unreachable" integer NOT NULL DEFAULT '0', "error" character varying(500), "id" SERIAL NOT NULL, CONSTRAINT "PK_ee840908e17241a80a27f5a47fe" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_eb5598fa192486c8b22dc99de6" ON "payment_reconciliation_run" ("slot") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_3c4b11f76fd14276542e638b04" ON "payment_reconciliation_run" ("endedAt") WHERE "endedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_attempt" ADD "movedAt" TIMESTAMP WITH TIME ZONE`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_attempt" ADD "compareAt" TIMESTAMP WITH TIME ZONE`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_aa0ff03c6c710b7c7f7fe17464" ON "payment_attempt" ("undoesId") WHERE "undoesId" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_4c47d4779aa79bb0ee95ecd26c" ON "payment_attempt" ("movedAt") WHERE "movedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_4cb1320f212242f9d1614135a2" ON "payment_attempt" ("compareAt", "id") WHERE "compareAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_difference" ADD CONSTRAINT "FK_5e5827109dacb3723251dff57c2" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_difference" ADD CONSTRAINT "FK_9dcb21b29bb2cbe391f44164bad" FOREIGN KEY ("attemptId") REFERENCES "payment_attempt"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_dispute" ADD CONSTRAINT "FK_d617f08362ec0538e4c3093bd37" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_dispute" ADD CONSTRAINT "FK_15234c91052d14a74a9d8277b60" FOREIGN KEY ("attemptId") REFERENCES "payment_attempt"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    // When the money of earlier attempts moved is in their log. What a capture has taken is counted by the capture.
    await queryRunner.query(
      `UPDATE "payment_attempt" a SET "movedAt" = (
         SELECT min(e."createdAt") FROM "payment_attempt_entry" e WHERE e."attemptId" = a.id AND e.status = 'succeeded'
       )
       WHERE a.status = 'succeeded' AND a.kind IN ('authorize', 'capture', 'refund')
         AND a.answer IS DISTINCT FROM 'false'::jsonb
         AND NOT (a.kind = 'authorize' AND (
           EXISTS (
             SELECT 1 FROM "payment_attempt" c
             WHERE c."paymentId" = a."paymentId" AND c.kind = 'capture' AND c.status = 'succeeded'
           ) OR EXISTS (SELECT 1 FROM "payment" p WHERE p.id = a."paymentId" AND p.state = 'Authorized')
         ))`,
      undefined,
    );
    await queryRunner.query(
      `UPDATE "payment_attempt" SET "compareAt" = now()
       WHERE kind = 'authorize' AND (status <> 'failed' OR "transactionId" IS NOT NULL)`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "payment_dispute" DROP CONSTRAINT "FK_15234c91052d14a74a9d8277b60"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_dispute" DROP CONSTRAINT "FK_d617f08362ec0538e4c3093bd37"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_difference" DROP CONSTRAINT "FK_9dcb21b29bb2cbe391f44164bad"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_difference" DROP CONSTRAINT "FK_5e5827109dacb3723251dff57c2"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_4cb1320f212242f9d1614135a2"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_4c47d4779aa79bb0ee95ecd26c"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_aa0ff03c6c710b7c7f7fe17464"`, undefined);
    await queryRunner.query(`ALTER TABLE "payment_attempt" DROP COLUMN "compareAt"`, undefined);
    await queryRunner.query(`ALTER TABLE "payment_attempt" DROP COLUMN "movedAt"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_3c4b11f76fd14276542e638b04"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_eb5598fa192486c8b22dc99de6"`, undefined);
    await queryRunner.query(`DROP TABLE "payment_reconciliation_run"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_payment_dispute_once"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_7507f4027db03626a49e05ef06"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_abffd8503d13e5183ed12426b9"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_6fcae9662ec7dcac07c1c54f27"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_15234c91052d14a74a9d8277b6"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_d617f08362ec0538e4c3093bd3"`, undefined);
    await queryRunner.query(`DROP TABLE "payment_dispute"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_payment_difference_one_open"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_c8a459aa9d59288888f2ee1897"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_78ab69740e5db2c4711d3de9a2"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_9035d3c1826f03b0a0b94df151"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_9dcb21b29bb2cbe391f44164ba"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_5e5827109dacb3723251dff57c"`, undefined);
    await queryRunner.query(`DROP TABLE "payment_difference"`, undefined);
  }
}
