import { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules, lists, settings, what was changed of them, and backtests. */
export class FraudAddRules1795500100000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "fraud_version" ("name" character varying(16) NOT NULL, "version" integer NOT NULL, CONSTRAINT "PK_30138e5e0b6e1337fa991c45b5f" PRIMARY KEY ("name"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_settings_version" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "number" integer NOT NULL, "settings" jsonb NOT NULL, "id" SERIAL NOT NULL, "userId" integer, CONSTRAINT "PK_a04205d75c62f873ca7ca7018d7" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_a8c60110f581ea1fcc05063feb" ON "fraud_settings_version" ("number") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_6e852f1e5bbce462e924bcfa55" ON "fraud_settings_version" ("userId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_audit_entry" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "at" TIMESTAMP WITH TIME ZONE NOT NULL, "subject" character varying(8) NOT NULL, "action" character varying(32) NOT NULL, "target" character varying(64) NOT NULL, "note" character varying(500), "before" jsonb, "after" jsonb, "id" SERIAL NOT NULL, "userId" integer, CONSTRAINT "PK_e9774262f3501ce61350951392a" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_bd9eead1c432f2eaec6e9a4cd0" ON "fraud_audit_entry" ("userId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_c8085eaa0919cd4d22ea751351" ON "fraud_audit_entry" ("subject", "target", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_3dbc8591f4bc0f9174b1c03973" ON "fraud_audit_entry" ("at") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_list" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "name" character varying(64) NOT NULL, "description" character varying(500) NOT NULL DEFAULT '', "removedIn" integer, "removedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, CONSTRAINT "PK_6b7d71732ef52c77bc5430d69f7" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_cbb9804942a45e13d61db03221" ON "fraud_list" ("name") WHERE "removedIn" IS NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_rule_set_version" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "number" integer NOT NULL, "rules" jsonb NOT NULL, "note" character varying(500), "restoredFrom" integer, "id" SERIAL NOT NULL, "userId" integer, CONSTRAINT "PK_b481592638c87920fc0ed7bb524" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_39c39ebfdb3b7236b48a9104b3" ON "fraud_rule_set_version" ("number") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_4937a8429a9898863dbb00dd95" ON "fraud_rule_set_version" ("userId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_backtest" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "state" character varying(9) NOT NULL DEFAULT 'queued', "note" character varying(500), "from" TIMESTAMP WITH TIME ZONE NOT NULL, "to" TIMESTAMP WITH TIME ZONE NOT NULL, "rulesVersion" integer, "rules" jsonb, "modelVersion" character varying(64), "checked" integer NOT NULL DEFAULT '0', "total" integer, "worker" uuid, "leaseUntil" TIMESTAMP WITH TIME ZONE, "startedAt" TIMESTAMP WITH TIME ZONE, "endedAt" TIMESTAMP WITH TIME ZONE, "error" character varying(500), "result" jsonb, "id" SERIAL NOT NULL, "userId" integer, CONSTRAINT "PK_7a1a9054969acd732875948e6f7" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_e97782cf8a2b6ef22cf9744b65" ON "fraud_backtest" ("userId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_3e95e85cd6c11892929ed51952" ON "fraud_backtest" ("endedAt") WHERE "endedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_700245a91c9c2297e5e903b591" ON "fraud_backtest" ("state") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "fraud_list_entry" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "value" character varying(263) NOT NULL, "note" character varying(500), "addedIn" integer NOT NULL, "addedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "removedIn" integer, "removedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "listId" integer NOT NULL, "userId" integer, CONSTRAINT "PK_a63b819ce5d08fe085fe27112b8" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_f8ef4cc18e65794cff996e895c" ON "fraud_list_entry" ("userId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_0050f78d59471a39bd8e190059" ON "fraud_list_entry" ("removedAt") WHERE "removedAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_b05cbfe06ec5f0fc88c7890a45" ON "fraud_list_entry" ("listId", "value") WHERE "removedIn" IS NULL`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_settings_version" ADD CONSTRAINT "FK_6e852f1e5bbce462e924bcfa550" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_audit_entry" ADD CONSTRAINT "FK_bd9eead1c432f2eaec6e9a4cd03" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_rule_set_version" ADD CONSTRAINT "FK_4937a8429a9898863dbb00dd953" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_backtest" ADD CONSTRAINT "FK_e97782cf8a2b6ef22cf9744b65a" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_list_entry" ADD CONSTRAINT "FK_51205abc4d2f9b4264ac28e4497" FOREIGN KEY ("listId") REFERENCES "fraud_list"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_list_entry" ADD CONSTRAINT "FK_f8ef4cc18e65794cff996e895cf" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
    // Lists that belong to every shop.
    await queryRunner.query(
      `INSERT INTO "fraud_list" ("name", "description") VALUES
               ('allow', 'Approved: e-mail addresses and domains, IP addresses and networks, devices, cards, customers'),
               ('block', 'Declined: as in allow'),
               ('hosting', 'IP addresses and networks of data centres'),
               ('proxy', 'IP addresses and networks of proxies'),
               ('tor', 'IP addresses and networks of the exit nodes of Tor')`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "fraud_list_entry" DROP CONSTRAINT "FK_f8ef4cc18e65794cff996e895cf"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_list_entry" DROP CONSTRAINT "FK_51205abc4d2f9b4264ac28e4497"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_backtest" DROP CONSTRAINT "FK_e97782cf8a2b6ef22cf9744b65a"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_rule_set_version" DROP CONSTRAINT "FK_4937a8429a9898863dbb00dd953"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_audit_entry" DROP CONSTRAINT "FK_bd9eead1c432f2eaec6e9a4cd03"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "fraud_settings_version" DROP CONSTRAINT "FK_6e852f1e5bbce462e924bcfa550"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_b05cbfe06ec5f0fc88c7890a45"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_0050f78d59471a39bd8e190059"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_f8ef4cc18e65794cff996e895c"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_list_entry"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_700245a91c9c2297e5e903b591"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_3e95e85cd6c11892929ed51952"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_e97782cf8a2b6ef22cf9744b65"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_backtest"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_4937a8429a9898863dbb00dd95"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_39c39ebfdb3b7236b48a9104b3"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_rule_set_version"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_cbb9804942a45e13d61db03221"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_list"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_3dbc8591f4bc0f9174b1c03973"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_c8085eaa0919cd4d22ea751351"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_bd9eead1c432f2eaec6e9a4cd0"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_audit_entry"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_6e852f1e5bbce462e924bcfa55"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_a8c60110f581ea1fcc05063feb"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_settings_version"`, undefined);
    await queryRunner.query(`DROP TABLE "fraud_version"`, undefined);
  }
}
