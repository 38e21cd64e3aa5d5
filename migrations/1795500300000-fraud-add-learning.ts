import { MigrationInterface, QueryRunner } from 'typeorm';

export class FraudAddLearning1795500300000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "fraud_drift_report" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "day" character varying(10) NOT NULL, "from" TIMESTAMP WITH TIME ZONE NOT NULL, "to" TIMESTAMP WITH TIME ZONE NOT NULL, "referenceFrom" TIMESTAMP WITH TIME ZONE NOT NULL, "referenceTo" TIMESTAMP WITH TIME ZONE NOT NULL, "rows" integer NOT NULL, "referenceRows" integer NOT NULL, "rates" jsonb NOT NULL, "referenceRates" jsonb NOT NULL, "modelVersion" character varying(64), "level" character varying(8) NOT NULL, "score" jsonb NOT NULL, "features" jsonb NOT NULL, "weeks" jsonb NOT NULL, "id" SERIAL NOT NULL, CONSTRAINT "PK_a4ec0e4d2d9213721b651207bd0" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_b22aaeccf70813d3655f584263" ON "fraud_drift_report" ("day") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_model" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "version" character varying(64) NOT NULL, "kind" character varying(8) NOT NULL, "status" character varying(10) NOT NULL, "file" text NOT NULL, "size" integer NOT NULL, "problem" character varying(500), "note" character varying(1000), "rows" integer, "frauds" integer, "trainedFrom" TIMESTAMP WITH TIME ZONE, "trainedTo" TIMESTAMP WITH TIME ZONE, "report" jsonb NOT NULL, "promotedAt" TIMESTAMP WITH TIME ZONE, "promotedBecause" character varying(1000), "retiredAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "createdById" integer, "promotedById" integer, CONSTRAINT "PK_dca49d399d93dc1b3d713f9d0bf" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_9960c643e2f2687087ee3e29d9" ON "fraud_model" ("version") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_ef13abbb1e8cef13c680b95552" ON "fraud_model" ("createdById") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_c03a57a7a8d0efb412f9e9db29" ON "fraud_model" ("promotedById") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_4013cd7b6f593e419e49766dad" ON "fraud_model" ("status", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_fraud_model_one_champion" ON "fraud_model" ("status") WHERE status = 'champion'`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_label" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "source" character varying(16) NOT NULL, "verdict" character varying(9) NOT NULL, "final" boolean NOT NULL DEFAULT false, "knownAt" TIMESTAMP WITH TIME ZONE NOT NULL, "reference" character varying(100) NOT NULL, "key" character varying(100) NOT NULL, "note" character varying(1000), "id" SERIAL NOT NULL, "attemptId" integer NOT NULL, "orderId" integer NOT NULL, "userId" integer, CONSTRAINT "PK_b0e9f84b9c0554e627ae9b6803f" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_54b6774aa538f958594abb2d72" ON "fraud_label" ("orderId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_264882f6f8f6fb43264b0016ec" ON "fraud_label" ("key") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_9975cab5e972964ff8d0c083b5" ON "fraud_label" ("userId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_1e6a077845b4ce92b53a94dfe7" ON "fraud_label" ("attemptId", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_training_run" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "state" character varying(16) NOT NULL, "trigger" character varying(16) NOT NULL, "slot" smallint, "worker" uuid, "leaseUntil" TIMESTAMP WITH TIME ZONE, "begun" smallint NOT NULL DEFAULT '0', "startedAt" TIMESTAMP WITH TIME ZONE, "endedAt" TIMESTAMP WITH TIME ZONE, "good" integer, "frauds" integer, "error" character varying(500), "id" SERIAL NOT NULL, "requestedById" integer, "modelId" integer, CONSTRAINT "PK_d5070706caacf8aeca54c74d341" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_febb594d26a1d9445f9ece4336" ON "fraud_training_run" ("slot") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_bc83fb9e30baf0f9486cdbe6b4" ON "fraud_training_run" ("requestedById") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_a51682e105059bfcb7ebfb1723" ON "fraud_training_run" ("modelId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_0548b5a6fd8db6d0eff8372c96" ON "fraud_training_run" ("endedAt") WHERE "endedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_995de24ae09911c7d2a209aecd" ON "fraud_attempt" ("at", "id") WHERE fraud IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_9c16c8f9420b5a18ca73f0edf8" ON "fraud_attempt" ("at", "id") WHERE fraud IS NULL AND status = 'ordered'`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_model" ADD CONSTRAINT "FK_ef13abbb1e8cef13c680b955524" FOREIGN KEY ("createdById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_model" ADD CONSTRAINT "FK_c03a57a7a8d0efb412f9e9db29c" FOREIGN KEY ("promotedById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_label" ADD CONSTRAINT "FK_54b6774aa538f958594abb2d72f" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_label" ADD CONSTRAINT "FK_9975cab5e972964ff8d0c083b5b" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_training_run" ADD CONSTRAINT "FK_bc83fb9e30baf0f9486cdbe6b4e" FOREIGN KEY ("requestedById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_training_run" ADD CONSTRAINT "FK_a51682e105059bfcb7ebfb1723d" FOREIGN KEY ("modelId") REFERENCES "fraud_model"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "fraud_training_run" DROP CONSTRAINT "FK_a51682e105059bfcb7ebfb1723d"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_training_run" DROP CONSTRAINT "FK_bc83fb9e30baf0f9486cdbe6b4e"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_label" DROP CONSTRAINT "FK_9975cab5e972964ff8d0c083b5b"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_label" DROP CONSTRAINT "FK_54b6774aa538f958594abb2d72f"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_model" DROP CONSTRAINT "FK_c03a57a7a8d0efb412f9e9db29c"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_model" DROP CONSTRAINT "FK_ef13abbb1e8cef13c680b955524"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_9c16c8f9420b5a18ca73f0edf8"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_995de24ae09911c7d2a209aecd"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_0548b5a6fd8db6d0eff8372c96"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_a51682e105059bfcb7ebfb1723"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_bc83fb9e30baf0f9486cdbe6b4"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_febb594d26a1d9445f9ece4336"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_training_run"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_1e6a077845b4ce92b53a94dfe7"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_9975cab5e972964ff8d0c083b5"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_264882f6f8f6fb43264b0016ec"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_54b6774aa538f958594abb2d72"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_label"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_fraud_model_one_champion"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_4013cd7b6f593e419e49766dad"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_c03a57a7a8d0efb412f9e9db29"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_ef13abbb1e8cef13c680b95552"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_9960c643e2f2687087ee3e29d9"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_model"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_b22aaeccf70813d3655f584263"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_drift_report"`, undefined);
  }
}
