namespace MemOS.TalkBuilder.Writing;

/// <summary>A turn of a talk: the user's message and the assistant's answer.</summary>
/// <param name="Session">The session, from 1.</param>
/// <param name="Week">The week of the talk, from 0.</param>
/// <param name="Time">When the user speaks.</param>
internal readonly record struct TurnSlot(int Session, int Week, DateTimeOffset Time);
