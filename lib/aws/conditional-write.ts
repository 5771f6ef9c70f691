/** A write to the table that is refused if another process wrote first. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** The answer; undefined if the condition of the write was not met. */
export async function unlessRefused<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
