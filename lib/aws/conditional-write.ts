/** A write to the table that may be refused because somebody else wrote first. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** The answer; undefined when the condition of the write did not hold. */
export async function unlessRefused<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
