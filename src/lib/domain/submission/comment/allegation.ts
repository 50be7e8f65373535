/** Words by which people say that money was asked for, or that somebody was harassed; with all their marks. */
const WORDS =
	/(?<!\p{L})(?:vòi (?:vĩnh|tiền)|phong bì|bồi dưỡng|lót tay|hối lộ|đút lót|chung chi|tham nhũng|nhũng nhiễu|sách nhiễu|quấy rối|gạ gẫm|làm tiền|đòi (?:thêm )?tiền|xin tiền|tiền cà phê|tiền trà nước|hạch sách|đe dọa|chửi)(?!\p{L})/iu;

/** Whether a comment may accuse somebody of taking money or of harassment. A person decides; this only ticks the box for them. */
export function mayAccuse(text: string): boolean {
	return WORDS.test(text.normalize('NFC'));
}
