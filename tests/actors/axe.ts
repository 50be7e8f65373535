import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What a page is held to: WCAG 2.2 AA, where axe leaves out the size of targets unless it is asked for by name. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds wrong with the page as it stands, a line each. What passes is not collected and no page of its own is opened for
 * the end, which cost more than the look; there are no frames in our pages.
 */
export async function findFaults(page: Page, { rules }: { rules?: string[] } = {}): Promise<string[]> {
	const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
	const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(TAGS)).analyze();
	return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html ?? ''}`);
}
