using System.Collections.Immutable;

namespace MemOS.TalkBuilder.Scripting;

/// <summary>The script of one talk: a domain with its words, and what is said and asked.</summary>
/// <param name="Name">The talk's name.</param>
/// <param name="Start">The Monday on which it begins.</param>
/// <param name="Weeks">How long it lasts.</param>
/// <param name="Blocks">The kinds of code, table and log that occur.</param>
/// <param name="Things">What the project consists of.</param>
/// <param name="People">Who else is in it.</param>
/// <param name="Chatter">Sentences of no consequence.</param>
/// <param name="Items">What is said and asked.</param>
internal sealed record TalkScript(
    string Name,
    DateOnly Start,
    int Weeks,
    ImmutableArray<string> Blocks,
    ImmutableArray<string> Things,
    ImmutableArray<string> People,
    ImmutableArray<string> Chatter,
    ImmutableArray<ScriptItem> Items);
