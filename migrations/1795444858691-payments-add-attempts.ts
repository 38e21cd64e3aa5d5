import { MigrationInterface, QueryRunner } from 'typeorm';

export class PaymentsAddAttempts1795444858691 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "payment_attempt" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "reference" uuid NOT NULL, "kind" character varying(16) NOT NULL, "method" character varying(255) NOT NULL, "provider" character varying(64) NOT NULL, "amount" integer NOT NULL, "currency" character varying(3) NOT NULL, "status" character varying(16) NOT NULL, "disposition" character varying(16) NOT NULL DEFAULT 'none', "blocking" boolean NOT NULL, "transactionId" character varying(255), "fees" integer, "failureKind" character varying(16), "failureCode" character varying(100), "failureMessage" character varying(1000), "instrument" jsonb, "risk" character varying(16), "toCapture" boolean NOT NULL DEFAULT false, "request" jsonb, "answer" jsonb, "strandedBecause" character varying(1000), "expiryWarnedAt" TIMESTAMP WITH TIME ZONE, "looks" integer NOT NULL DEFAULT '0', "lookAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "orderId" integer NOT NULL, "channelId" integer NOT NULL, "paymentId" integer, "refundId" integer, "undoesId" integer, CONSTRAINT "PK_a5ce3945d1d61956161e7f84d42" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_28ad2ccb3fd746c170f942beae" ON "payment_attempt" ("reference") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_c55259ec33a4721be72e78633e" ON "payment_attempt" ("paymentId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_payment_attempt_one_per_payment" ON "payment_attempt" ("paymentId") WHERE blocking AND kind IN ('capture', 'void')`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_payment_attempt_one_per_order" ON "payment_attempt" ("orderId") WHERE blocking AND kind = 'authorize'`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_5067dbef6bdd7f9232879967f5" ON "payment_attempt" ("lookAt") WHERE "lookAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_1eb3051470412989c09da4b9b2" ON "payment_attempt" ("createdAt") WHERE kind = 'authorize' AND status = 'authorized' AND "expiryWarnedAt" IS NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_966ecc108095cc5ddf1cec9580" ON "payment_attempt" ("provider", "transactionId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_ee2531d60ad392b89d47a7a76a" ON "payment_attempt" ("orderId", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "payment_attempt_entry" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "kind" character varying(16) NOT NULL, "status" character varying(16) NOT NULL, "note" character varying(1000), "id" SERIAL NOT NULL, "attemptId" integer NOT NULL, "userId" integer, CONSTRAINT "PK_ccc8bc7faa29f31dbf593f52fb6" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_bb5241e49a165e0ea731d13653" ON "payment_attempt_entry" ("attemptId", "id") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_attempt" ADD CONSTRAINT "FK_4d06e28910804514701004944ee" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_attempt_entry" ADD CONSTRAINT "FK_801796570328ebf74d126c38809" FOREIGN KEY ("attemptId") REFERENCES "payment_attempt"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "payment_attempt_entry" DROP CONSTRAINT "FK_801796570328ebf74d126c38809"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_attempt" DROP CONSTRAINT "FK_4d06e28910804514701004944ee"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_bb5241e49a165e0ea731d13653"`, undefined);
    await queryRunner.query(`DROP TABLE "payment_attempt_entry"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_ee2531d60ad392b89d47a7a76a"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_966ecc108095cc5ddf1cec9580"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_1eb3051470412989c09da4b9b2"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_5067dbef6bdd7f9232879967f5"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_payment_attempt_one_per_order"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_payment_attempt_one_per_payment"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_c55259ec33a4721be72e78633e"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_28ad2ccb3fd746c170f942beae"`, undefined);
    await queryRunner.query(`DROP TABLE "payment_attempt"`, undefined);
  }
}
