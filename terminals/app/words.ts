import type { Locale } from '$lib/domain/survey/criterion.ts';

/**
 * What the tablet says by itself; the questions, the reasons and the scale come from the questionnaire. A module of its own instead
 * of the site's messages, because the whole tablet has to fit into 60 KB. Vietnamese is the source; staff read only Vietnamese.
 */
const vi = {
	counter: (number: string) => `Quầy ${number}`,
	onDuty: 'Công chức đang tiếp Ông/Bà',
	nobodyOnDuty: 'Ông/Bà đánh giá chung cho quầy',
	counterQuestion: 'Quầy này phục vụ Ông/Bà có lịch sự, tận tình, dễ hiểu không?',
	progress: (number: number, of: number) => `Câu ${number} trên ${of}`,
	notSure: 'Tôi chưa rõ, bỏ qua câu này',
	why: 'Điều gì khiến Ông/Bà chưa hài lòng?',
	whyHint: 'Chạm vào một lý do, hoặc bỏ qua.',
	skip: 'Bỏ qua',
	thanks: 'Cảm ơn Ông/Bà',
	thanksSafe: 'Ý kiến đã được lưu.\nKhông ai tại quầy biết Ông/Bà chọn gì.',
	undo: 'Bấm nhầm? Chọn lại',
	closing: (seconds: number) => `Màn hình tự đóng sau ${seconds} giây. Chạm để tiếp tục.`,
	notStored: 'Máy chưa lưu được ý kiến của Ông/Bà',
	notStoredHelp: 'Xin Ông/Bà báo công chức tại quầy. Các ý kiến trước vẫn còn nguyên.',
	closed: 'Ngoài giờ làm việc',
	touchToRate: 'Chạm để đánh giá',
	demonstration: 'Số liệu trình diễn',
	otherLanguage: 'English'
};
export type Words = typeof vi;

const en = {
	counter: (number) => `Counter ${number}`,
	onDuty: 'The officer serving you',
	nobodyOnDuty: 'You are rating this counter',
	counterQuestion: 'Was the service at this counter polite, helpful and clear?',
	progress: (number, of) => `Question ${number} of ${of}`,
	notSure: 'I cannot say, skip this one',
	why: 'What were you not satisfied with?',
	whyHint: 'Touch one reason, or skip.',
	skip: 'Skip',
	thanks: 'Thank you',
	thanksSafe: 'Your answer is saved.\nNobody at the counter knows what you chose.',
	undo: 'Touched by mistake? Choose again',
	closing: (seconds) => `This screen closes in ${seconds} seconds. Touch to go on.`,
	notStored: 'Your answer could not be saved',
	notStoredHelp: 'Please tell the officer at the counter. Earlier answers are safe.',
	closed: 'Outside opening hours',
	touchToRate: 'Touch to rate',
	demonstration: 'Demonstration data',
	otherLanguage: 'Tiếng Việt'
} satisfies Words;

export const words: Record<Locale, Words> = { vi, en };
