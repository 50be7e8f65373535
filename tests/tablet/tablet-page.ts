import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PIN } from './configuration.ts';

/** The tablet as a citizen and an officer use it. */
export class TabletPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async open(origin: string) {
		await this.page.goto(`${origin}/terminal/`);
	}

	face(score: number) {
		return this.page.locator('.faces button').nth(score - 1);
	}

	/** Waits until the tablet rests, and a moment longer than it ignores taps after a change of screen. */
	async rests() {
		await this.page.locator('.resting .faces').waitFor();
		const asleep = this.page.getByRole('button', { name: 'Ngoài giờ làm việc' });
		if (await asleep.isVisible()) await asleep.click();
		await this.page.waitForTimeout(550);
	}

	async thanked() {
		await this.page.getByRole('heading', { name: /Cảm ơn|Thank you/ }).waitFor();
	}

	/** One whole visit on a quick tablet; a low score skips the reasons. */
	async rate(score: number) {
		await this.rests();
		await this.face(score).click();
		if (score <= 2) {
			await this.page.locator('.reasons').waitFor();
			await this.page.waitForTimeout(550);
			await this.page.getByRole('button', { name: 'Bỏ qua' }).click();
		}
		await this.thanked();
	}

	async tapCorner() {
		for (let tap = 0; tap < 5; tap++) await this.page.locator('.corner').click();
	}

	async typePin(pin = PIN) {
		for (const digit of pin) await this.page.getByRole('button', { name: digit, exact: true }).click();
		await this.page.getByRole('button', { name: 'Vào', exact: true }).click();
	}

	async enterStaffCorner() {
		await this.tapCorner();
		await this.typePin();
		await this.page.getByRole('heading', { name: 'Ai đang trực tại quầy này?' }).waitFor();
	}

	/** The status panel as name → value. */
	async status(): Promise<Record<string, string>> {
		await this.page.getByRole('button', { name: 'Tình trạng máy' }).click();
		await this.page.locator('dd').first().waitFor();
		const names = await this.page.locator('dt').allTextContents();
		const values = await this.page.locator('dd').allTextContents();
		return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
	}
}

/** Ends every process of the browser that uses this profile, as a power cut would: without a word. */
export function killBrowser(profile: string) {
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
			if (command.includes(`--user-data-dir=${profile}`)) process.kill(Number(pid), 'SIGKILL');
		} catch {
			// The process has ended by itself, or is none of ours.
		}
	}
}
