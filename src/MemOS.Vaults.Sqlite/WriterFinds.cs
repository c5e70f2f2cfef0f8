namespace MemOS.Vaults.Sqlite;

/// <summary>What the writer's plans find faster than a reader does.</summary>
/// <param name="Messages">Messages by id.</param>
/// <param name="Texts">Versions by text.</param>
internal sealed record WriterFinds(MessageIds Messages, TextTable Texts);
