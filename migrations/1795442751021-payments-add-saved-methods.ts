import { MigrationInterface, QueryRunner } from 'typeorm';

/** Cards and accounts that customers pay with again. */
export class PaymentsAddSavedMethods1795442751021 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "saved_payment_method" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "provider" character varying(64) NOT NULL, "reference" uuid NOT NULL, "token" character varying(255), "providerCustomerId" character varying(255), "savedMethodId" character varying(255), "type" character varying(16), "brand" character varying(32), "last4" character varying(4), "expiryMonth" integer, "expiryYear" integer, "fingerprint" character varying(255), "isDefault" boolean NOT NULL DEFAULT false, "state" character varying(16) NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "tryAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "customerId" integer, CONSTRAINT "PK_1b6b6a390a0c4c6405bcf76f12c" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_d5aa1c0b879b0895be6cbb3165" ON "saved_payment_method" ("tryAt") WHERE "tryAt" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_f13502023beb39f89f3b932c49" ON "saved_payment_method" ("customerId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_saved_payment_method_default" ON "saved_payment_method" ("customerId") WHERE "isDefault"`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_saved_payment_method_once" ON "saved_payment_method" ("provider", "savedMethodId") WHERE "savedMethodId" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "saved_payment_method" ADD CONSTRAINT "FK_f13502023beb39f89f3b932c490" FOREIGN KEY ("customerId") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "saved_payment_method" DROP CONSTRAINT "FK_f13502023beb39f89f3b932c490"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_saved_payment_method_once"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_saved_payment_method_default"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_f13502023beb39f89f3b932c49"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_d5aa1c0b879b0895be6cbb3165"`, undefined);
    await queryRunner.query(`DROP TABLE "saved_payment_method"`, undefined);
  }
}
