import { MigrationInterface, QueryRunner } from 'typeorm';

export class InventoryAddLocationPlaces1795429488101 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "stock_location" ADD "customFieldsCountrycode" character varying(255)`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_location" ADD "customFieldsPostalcode" character varying(255)`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_location" ADD "customFieldsLatitude" double precision`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_location" ADD "customFieldsLongitude" double precision`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`ALTER TABLE "stock_location" DROP COLUMN "customFieldsLongitude"`, undefined);
    await queryRunner.query(`ALTER TABLE "stock_location" DROP COLUMN "customFieldsLatitude"`, undefined);
    await queryRunner.query(`ALTER TABLE "stock_location" DROP COLUMN "customFieldsPostalcode"`, undefined);
    await queryRunner.query(`ALTER TABLE "stock_location" DROP COLUMN "customFieldsCountrycode"`, undefined);
  }
}
