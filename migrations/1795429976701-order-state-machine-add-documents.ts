import { MigrationInterface, QueryRunner } from 'typeorm';

export class OrderStateMachineAddDocuments1795429976701 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "order_document" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "kind" character varying(20) NOT NULL, "stockLocationName" character varying(255) NOT NULL, "carrier" character varying(100), "trackingNumber" character varying(100), "trackingUrl" text, "contentType" character varying(100) NOT NULL, "bytes" bytea, "size" integer NOT NULL, "idempotencyKey" character varying(200) NOT NULL, "voidedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "orderId" integer NOT NULL, "stockLocationId" integer NOT NULL, CONSTRAINT "PK_1bbaf97b70f821e3ca4c8a87ed5" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_7423534d4f0ea2a3e3a568eb20" ON "order_document" ("orderId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_6ca3e33f80655c1bf7ee290b82" ON "order_document" ("idempotencyKey") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_fd40ccbf72a05d1be5bf77a690" ON "order_document" ("createdAt") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order" ADD "customFieldsLanguagecode" character varying(20)`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "order_document" ADD CONSTRAINT "FK_7423534d4f0ea2a3e3a568eb203" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "order_document" DROP CONSTRAINT "FK_7423534d4f0ea2a3e3a568eb203"`,
      undefined,
    );
    await queryRunner.query(`ALTER TABLE "order" DROP COLUMN "customFieldsLanguagecode"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_fd40ccbf72a05d1be5bf77a690"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_6ca3e33f80655c1bf7ee290b82"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_7423534d4f0ea2a3e3a568eb20"`, undefined);
    await queryRunner.query(`DROP TABLE "order_document"`, undefined);
  }
}
