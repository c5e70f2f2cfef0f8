namespace MemOS.Reader.Time;

/// <summary>A word, a run of digits or one mark of punctuation.</summary>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Value">Which one: the number, the month, the weekday (Monday is 0), the character of the mark.</param>
/// <param name="Glued">Whether no space stands before it.</param>
/// <param name="Capital">Whether it starts with a capital letter.</param>
internal readonly record struct TimeToken(int Start, int Length, TimeWordKind Kind, int Value, bool Glued, bool Capital)
{
    public int End => Start + Length;

    public bool Is(char mark) => Kind == TimeWordKind.Punctuation && Value == mark;
}
