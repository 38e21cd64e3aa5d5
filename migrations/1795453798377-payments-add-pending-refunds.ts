import { MigrationInterface, QueryRunner } from 'typeorm';

export class PaymentsAddPendingRefunds1795453798377 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "payment_attempt" ADD "refundPending" boolean NOT NULL DEFAULT false`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`ALTER TABLE "payment_attempt" DROP COLUMN "refundPending"`, undefined);
  }
}
