import { MigrationInterface, QueryRunner } from 'typeorm';

/** Attempts to pay as velocity counts them, totals of their values, and what was decided. */
export class FraudAddScoring1795500000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "fraud_attempt" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "at" TIMESTAMP WITH TIME ZONE NOT NULL, "amount" bigint, "customer" uuid, "email" uuid, "ip" uuid, "network" uuid, "device" uuid, "card" uuid, "address" uuid, "categories" jsonb NOT NULL DEFAULT '{}', "status" character varying(8) NOT NULL DEFAULT 'open', "fraud" boolean, "outcomeKnownAt" TIMESTAMP WITH TIME ZONE, "outcomeSource" character varying(16), "id" SERIAL NOT NULL, "attemptId" integer NOT NULL, "orderId" integer NOT NULL, "channelId" integer NOT NULL, CONSTRAINT "PK_8a532d9870f8cad77527d5a80f3" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_26968873148da8bbd9580a993f" ON "fraud_attempt" ("attemptId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_9104dac8ff0daceb0d9c3dbe90" ON "fraud_attempt" ("orderId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_80b136d5af54848374123762bd" ON "fraud_attempt" ("at") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_b455dbcfe58e0501f929f51549" ON "fraud_attempt" ("address", "at") WHERE address IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_8e72f1b7f47dfb0465dc7031d1" ON "fraud_attempt" ("card", "at") WHERE card IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_2601d1bb0bc5c968546e21b929" ON "fraud_attempt" ("device", "at") WHERE device IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_9b593eb2e07dc7c87b9776488b" ON "fraud_attempt" ("network", "at") WHERE network IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_f307f032a152bb72007221a85d" ON "fraud_attempt" ("ip", "at") WHERE ip IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_de41df31e72536f00064f9854f" ON "fraud_attempt" ("email", "at") WHERE email IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_e2f7d3124ea1c94aab1ea48335" ON "fraud_attempt" ("customer", "at") WHERE customer IS NOT NULL`,
      undefined,
    );
    // Its totals change with every attempt, in place as long as their page has room.
    await queryRunner.query(
      `CREATE TABLE "fraud_category" ("field" character varying(64) NOT NULL, "value" character varying(128) NOT NULL, "shard" smallint NOT NULL, "attempts" integer NOT NULL, "good" integer NOT NULL DEFAULT '0', "bad" integer NOT NULL DEFAULT '0', "lastAt" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_b3a5ab6e06c2e9135f7271f7839" PRIMARY KEY ("field", "value", "shard")) WITH (fillfactor = 50)`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_decision" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "phase" character varying(6) NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "amount" integer NOT NULL, "currency" character varying(3) NOT NULL, "signals" jsonb NOT NULL, "features" jsonb NOT NULL, "parts" jsonb NOT NULL, "contributions" jsonb NOT NULL, "rules" jsonb NOT NULL, "units" integer NOT NULL, "recommendation" character varying(8) NOT NULL, "override" jsonb, "decision" character varying(9) NOT NULL, "missing" jsonb NOT NULL, "ruleSetVersion" integer NOT NULL, "listsVersion" integer NOT NULL, "settingsVersion" integer NOT NULL, "modelVersion" character varying(64), "challengers" jsonb NOT NULL, "timings" jsonb NOT NULL, "id" SERIAL NOT NULL, "attemptId" integer NOT NULL, "orderId" integer NOT NULL, "channelId" integer NOT NULL, CONSTRAINT "PK_259508a0a1850f2ec326618c73f" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_740fb77fcbe4a6aa5eed2f9be7" ON "fraud_decision" ("at", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_52af9f00020ca9ba52bff1c426" ON "fraud_decision" ("orderId", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_d864dfd041e373a10936eaf8c1" ON "fraud_decision" ("attemptId", "phase") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_decision" ADD CONSTRAINT "FK_b89482e05ac3d98bcc8d7e816b5" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "fraud_decision" DROP CONSTRAINT "FK_b89482e05ac3d98bcc8d7e816b5"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_d864dfd041e373a10936eaf8c1"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_52af9f00020ca9ba52bff1c426"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_740fb77fcbe4a6aa5eed2f9be7"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_decision"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_category"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_e2f7d3124ea1c94aab1ea48335"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_de41df31e72536f00064f9854f"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_f307f032a152bb72007221a85d"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_9b593eb2e07dc7c87b9776488b"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_2601d1bb0bc5c968546e21b929"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_8e72f1b7f47dfb0465dc7031d1"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_b455dbcfe58e0501f929f51549"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_80b136d5af54848374123762bd"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_9104dac8ff0daceb0d9c3dbe90"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_26968873148da8bbd9580a993f"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_attempt"`, undefined);
  }
}
