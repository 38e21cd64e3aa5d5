import { MigrationInterface, QueryRunner } from 'typeorm';

export class InventoryAddStockWatch1795428706750 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "stock_threshold" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "threshold" integer NOT NULL, "id" SERIAL NOT NULL, "productVariantId" integer NOT NULL, "stockLocationId" integer NOT NULL, CONSTRAINT "PK_e9100c82a89f6c9ebc29f214477" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_4a8123edb5a571cbd574ed0514" ON "stock_threshold" ("productVariantId", "stockLocationId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "low_stock" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "id" SERIAL NOT NULL, "productVariantId" integer NOT NULL, "stockLocationId" integer NOT NULL, CONSTRAINT "PK_2c55205e5a621e61020ae5f0530" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_61faa4aeabf3e67989967f161d" ON "low_stock" ("productVariantId", "stockLocationId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "sold_out" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "id" SERIAL NOT NULL, "productVariantId" integer NOT NULL, "channelId" integer NOT NULL, CONSTRAINT "PK_a18788b48c977e6ea07b89f500f" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_246908809153e9cc98d3de5621" ON "sold_out" ("productVariantId", "channelId") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "global_settings" ADD "customFieldsLowstockthreshold" integer`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_threshold" ADD CONSTRAINT "FK_0d78e4367a772dab68fa9d239e7" FOREIGN KEY ("productVariantId") REFERENCES "product_variant"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_threshold" ADD CONSTRAINT "FK_14607b1ed57179e7886e6370113" FOREIGN KEY ("stockLocationId") REFERENCES "stock_location"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "low_stock" ADD CONSTRAINT "FK_b894ea1a5be4509e69a3224c756" FOREIGN KEY ("productVariantId") REFERENCES "product_variant"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "low_stock" ADD CONSTRAINT "FK_236eeb65d84f9c6945aa1cb7509" FOREIGN KEY ("stockLocationId") REFERENCES "stock_location"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "sold_out" ADD CONSTRAINT "FK_b7ba7355a1ef16e61d75bd4ded3" FOREIGN KEY ("productVariantId") REFERENCES "product_variant"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "sold_out" ADD CONSTRAINT "FK_2a393620b88be6467a4dd3cf8e5" FOREIGN KEY ("channelId") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "sold_out" DROP CONSTRAINT "FK_2a393620b88be6467a4dd3cf8e5"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "sold_out" DROP CONSTRAINT "FK_b7ba7355a1ef16e61d75bd4ded3"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "low_stock" DROP CONSTRAINT "FK_236eeb65d84f9c6945aa1cb7509"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "low_stock" DROP CONSTRAINT "FK_b894ea1a5be4509e69a3224c756"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_threshold" DROP CONSTRAINT "FK_14607b1ed57179e7886e6370113"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_threshold" DROP CONSTRAINT "FK_0d78e4367a772dab68fa9d239e7"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "global_settings" DROP COLUMN "customFieldsLowstockthreshold"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_246908809153e9cc98d3de5621"`, undefined);
    await queryRunner.query(`DROP TABLE "sold_out"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_61faa4aeabf3e67989967f161d"`, undefined);
    await queryRunner.query(`DROP TABLE "low_stock"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_4a8123edb5a571cbd574ed0514"`, undefined);
    await queryRunner.query(`DROP TABLE "stock_threshold"`, undefined);
  }
}
