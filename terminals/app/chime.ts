/** One short, low sound, the same for every answer, as loud as the profile says; 0 is silent. */
export function chime(volume: number) {
	if (volume <= 0) return;
	const audio = new AudioContext();
	const tone = new OscillatorNode(audio, { type: 'sine', frequency: 523 });
	const gain = new GainNode(audio, { gain: volume / 4 });
	gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.4);
	tone.connect(gain).connect(audio.destination);
	tone.onended = () => void audio.close();
	tone.start();
	tone.stop(audio.currentTime + 0.4);
}
