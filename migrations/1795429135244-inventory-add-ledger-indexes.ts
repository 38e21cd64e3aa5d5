import { MigrationInterface, QueryRunner } from 'typeorm';

export class InventoryAddLedgerIndexes1795429135244 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`ALTER TABLE "stock_movement" ADD "customFieldsUserid" integer`, undefined);
    await queryRunner.query(
      `CREATE INDEX "IDX_ebba908bd99b89f8797097000b" ON "stock_movement" ("productVariantId", "createdAt") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_3e098ef21abe6da166d9fa3b49" ON "stock_movement" ("createdAt") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_stock_movement_rare" ON "stock_movement" ("createdAt") WHERE type <> 'ALLOCATION' AND type <> 'SALE'`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_f4dc2c0888b66d547c175f090e" ON "product_variant" ("sku") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_a2e95e367b3dc064ef490a3c9c" ON "stock_hold" ("createdAt") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_1248c110fe1c5cc84f1c651375" ON "stock_hold" ("productVariantId", "createdAt") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_500cbc8000389da7f9740ddf35" ON "stock_hold" ("stockLocationId") `,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`DROP INDEX "public"."IDX_500cbc8000389da7f9740ddf35"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_1248c110fe1c5cc84f1c651375"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_a2e95e367b3dc064ef490a3c9c"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_f4dc2c0888b66d547c175f090e"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_stock_movement_rare"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_3e098ef21abe6da166d9fa3b49"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_ebba908bd99b89f8797097000b"`, undefined);
    await queryRunner.query(`ALTER TABLE "stock_movement" DROP COLUMN "customFieldsUserid"`, undefined);
  }
}
