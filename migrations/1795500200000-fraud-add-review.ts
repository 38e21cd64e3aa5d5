import { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases of the fraud review, with their notes and history. */
export class FraudAddReview1795500200000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "fraud_case" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "orderCode" character varying(255) NOT NULL, "status" character varying(16) NOT NULL DEFAULT 'open', "score" double precision, "recommendation" character varying(8), "amount" integer NOT NULL, "currencyCode" character varying(3) NOT NULL, "captured" boolean NOT NULL, "dueAt" TIMESTAMP WITH TIME ZONE NOT NULL, "dueToldAt" TIMESTAMP WITH TIME ZONE, "assignedUntil" TIMESTAMP WITH TIME ZONE, "verdict" character varying(8), "reason" character varying(500), "decidedAt" TIMESTAMP WITH TIME ZONE, "problem" character varying(500), "problemAt" TIMESTAMP WITH TIME ZONE, "tries" integer NOT NULL DEFAULT '0', "endedAt" TIMESTAMP WITH TIME ZONE, "closedBecause" character varying(20), "lookAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "attemptId" integer NOT NULL, "orderId" integer NOT NULL, "channelId" integer NOT NULL, "assigneeId" integer, "decidedById" integer, CONSTRAINT "PK_79c468ce484eb6f0f4b04b026bc" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_3cb4a2ede486fadaf2684e3b2c" ON "fraud_case" ("attemptId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_ddfbca49031adb10cbce8391e9" ON "fraud_case" ("orderId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_a3b505115e95e4e64298f8e235" ON "fraud_case" ("lookAt") WHERE "lookAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_fraud_case_due_untold" ON "fraud_case" ("dueAt") WHERE status = 'open' AND "dueToldAt" IS NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_05fba9991fa2e6bee4a973eb0c" ON "fraud_case" ("endedAt") WHERE "endedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_f33629880cd2cc86c4bf72c091" ON "fraud_case" ("status", "dueAt", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_case_entry" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "kind" character varying(16) NOT NULL, "text" character varying(500), "id" SERIAL NOT NULL, "caseId" integer NOT NULL, "userId" integer, CONSTRAINT "PK_ed846e0398baaa9cd1959bde176" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_7c18574d231b1d00bab337a349" ON "fraud_case_entry" ("caseId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_case_note" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "text" character varying(4000) NOT NULL, "id" SERIAL NOT NULL, "caseId" integer NOT NULL, "authorId" integer, CONSTRAINT "PK_e4c4f39f8534ee142f113a6233a" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_4c626015a94ba12ae7be422bd4" ON "fraud_case_note" ("caseId") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_case" ADD CONSTRAINT "FK_ddfbca49031adb10cbce8391e90" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_case_entry" ADD CONSTRAINT "FK_7c18574d231b1d00bab337a3499" FOREIGN KEY ("caseId") REFERENCES "fraud_case"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_case_note" ADD CONSTRAINT "FK_4c626015a94ba12ae7be422bd43" FOREIGN KEY ("caseId") REFERENCES "fraud_case"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "fraud_case_note" DROP CONSTRAINT "FK_4c626015a94ba12ae7be422bd43"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_case_entry" DROP CONSTRAINT "FK_7c18574d231b1d00bab337a3499"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_case" DROP CONSTRAINT "FK_ddfbca49031adb10cbce8391e90"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_4c626015a94ba12ae7be422bd4"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_case_note"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_7c18574d231b1d00bab337a349"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_case_entry"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_f33629880cd2cc86c4bf72c091"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_05fba9991fa2e6bee4a973eb0c"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_fraud_case_due_untold"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_a3b505115e95e4e64298f8e235"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_ddfbca49031adb10cbce8391e9"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_3cb4a2ede486fadaf2684e3b2c"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_case"`, undefined);
  }
}
