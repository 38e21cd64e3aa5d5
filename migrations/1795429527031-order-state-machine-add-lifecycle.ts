import { MigrationInterface, QueryRunner } from 'typeorm';

export class OrderStateMachineAddLifecycle1795429527031 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "order_status_entry" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "trigger" character varying(64) NOT NULL, "fromStatus" character varying(32) NOT NULL, "toStatus" character varying(32) NOT NULL, "fromState" character varying(64) NOT NULL, "toState" character varying(64) NOT NULL, "timestamp" TIMESTAMP WITH TIME ZONE NOT NULL, "actorKind" character varying(16) NOT NULL, "note" character varying(1000), "notePublic" boolean NOT NULL DEFAULT false, "id" SERIAL NOT NULL, "orderId" integer NOT NULL, "actorUserId" integer, CONSTRAINT "PK_6ce8b5f382a36279a966f11c22e" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_8cc1d408b2bbfbcacc4caab764" ON "order_status_entry" ("orderId", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "order_effect" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "action" character varying(64) NOT NULL, "fulfillmentKey" character varying(32) NOT NULL DEFAULT '', "state" character varying(16) NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "dueAt" TIMESTAMP WITH TIME ZONE, "result" jsonb, "error" text, "reason" character varying(1000), "startedAt" TIMESTAMP WITH TIME ZONE, "finishedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "orderId" integer NOT NULL, "channelId" integer NOT NULL, "statusEntryId" integer NOT NULL, "compensatesId" integer, "changedByUserId" integer, CONSTRAINT "PK_2b0f3a9f4ae10d69271d35f8b0a" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_f125819a2d05c1e1aa0e47ab3e" ON "order_effect" ("compensatesId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_order_effect_once" ON "order_effect" ("statusEntryId", "action", "fulfillmentKey") WHERE "compensatesId" IS NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_dc93aa9982de0becfdd3a28a6a" ON "order_effect" ("dueAt") WHERE state = 'waiting' AND "dueAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_d01987c0aabe3de624c3bb6143" ON "order_effect" ("updatedAt") WHERE state IN ('requested', 'running')`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_2635e126cc87b072175eb028f7" ON "order_effect" ("orderId", "id") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fulfillment" ADD "customFieldsDeliveredat" TIMESTAMP(6)`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fulfillment" ADD "customFieldsStocklocationid" character varying(64)`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order" ADD "customFieldsLifecyclestatus" character varying(32)`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "channel" ADD "customFieldsFulfillmentstart" character varying(16)`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_status_entry" ADD CONSTRAINT "FK_0d60bf3d42786c79ce89fde02ad" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_effect" ADD CONSTRAINT "FK_63962768907f44d083b3db6583b" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_effect" ADD CONSTRAINT "FK_f86e66c68334364e018cf1c7785" FOREIGN KEY ("statusEntryId") REFERENCES "order_status_entry"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_effect" ADD CONSTRAINT "FK_f125819a2d05c1e1aa0e47ab3ee" FOREIGN KEY ("compensatesId") REFERENCES "order_effect"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "order_effect" DROP CONSTRAINT "FK_f125819a2d05c1e1aa0e47ab3ee"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_effect" DROP CONSTRAINT "FK_f86e66c68334364e018cf1c7785"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_effect" DROP CONSTRAINT "FK_63962768907f44d083b3db6583b"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_status_entry" DROP CONSTRAINT "FK_0d60bf3d42786c79ce89fde02ad"`,
      undefined,
    );
    await queryRunner.query(`ALTER TABLE "channel" DROP COLUMN "customFieldsFulfillmentstart"`, undefined);
    await queryRunner.query(`ALTER TABLE "order" DROP COLUMN "customFieldsLifecyclestatus"`, undefined);
    await queryRunner.query(`ALTER TABLE "fulfillment" DROP COLUMN "customFieldsStocklocationid"`, undefined);
    await queryRunner.query(`ALTER TABLE "fulfillment" DROP COLUMN "customFieldsDeliveredat"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_d01987c0aabe3de624c3bb6143"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_2635e126cc87b072175eb028f7"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_dc93aa9982de0becfdd3a28a6a"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_order_effect_once"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_f125819a2d05c1e1aa0e47ab3e"`, undefined);
    await queryRunner.query(`DROP TABLE "order_effect"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_8cc1d408b2bbfbcacc4caab764"`, undefined);
    await queryRunner.query(`DROP TABLE "order_status_entry"`, undefined);
  }
}
