import { MigrationInterface, QueryRunner } from 'typeorm';

export class PaymentsAddRoutingVersions1795441698500 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "payment_routing_version" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "number" integer NOT NULL, "rules" jsonb NOT NULL, "note" character varying(500), "id" SERIAL NOT NULL, "userId" integer, CONSTRAINT "PK_f57036db0618a3f59ec32deb6d9" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_3b707282bfe60688c1953b1f40" ON "payment_routing_version" ("number") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_2eb9df870837d6dea88687469c" ON "payment_routing_version" ("userId") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "payment_routing_version" ADD CONSTRAINT "FK_2eb9df870837d6dea88687469c0" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "payment_routing_version" DROP CONSTRAINT "FK_2eb9df870837d6dea88687469c0"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_2eb9df870837d6dea88687469c"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_3b707282bfe60688c1953b1f40"`, undefined);
    await queryRunner.query(`DROP TABLE "payment_routing_version"`, undefined);
  }
}
