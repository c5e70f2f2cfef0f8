using System.Text.Json;
using MemOS.Evaluation.Datasets.Talks;
using MemOS.TalkBuilder;

if (args is not [{ Length: > 0 } folder])
{
    Console.Error.WriteLine("Usage: MemOS.TalkBuilder FOLDER. Writes the project talks there, a JSON file each; then: memos eval talks FOLDER");
    return 2;
}

Directory.CreateDirectory(folder);
foreach (TalkFile talk in ProjectTalks.Build())
{
    await File.WriteAllBytesAsync(Path.Combine(folder, talk.Name + ".json"), JsonSerializer.SerializeToUtf8Bytes(talk, TalkJsonContext.Default.TalkFile));
    Console.WriteLine($"{talk.Name}: {talk.Messages.Length} messages, {talk.Questions.Length} questions");
}

return 0;
