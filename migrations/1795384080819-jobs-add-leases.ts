import { MigrationInterface, QueryRunner } from 'typeorm';

export class JobsAddLeases1795384080819 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "job_record_buffer" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "bufferId" character varying NOT NULL, "job" text NOT NULL, "id" SERIAL NOT NULL, CONSTRAINT "PK_9a1cfa02511065b32053efceeff" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "job_lease" ("jobId" integer NOT NULL, "owner" character varying, "run" integer NOT NULL, "lostRuns" integer NOT NULL DEFAULT '0', "leasedUntil" TIMESTAMP WITH TIME ZONE, "notBefore" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_7697b2a40b18baee954a28822cf" PRIMARY KEY ("jobId"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_49870e99f9a7e07fd59ac937f7" ON "job_lease" ("leasedUntil") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_job_record_open" ON "job_record" ("queueName", "createdAt", "id") WHERE "isSettled" = false`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "job_lease" ADD CONSTRAINT "FK_7697b2a40b18baee954a28822cf" FOREIGN KEY ("jobId") REFERENCES "job_record"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "job_lease" DROP CONSTRAINT "FK_7697b2a40b18baee954a28822cf"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_job_record_open"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_49870e99f9a7e07fd59ac937f7"`, undefined);
    await queryRunner.query(`DROP TABLE "job_lease"`, undefined);
    await queryRunner.query(`DROP TABLE "job_record_buffer"`, undefined);
  }
}
