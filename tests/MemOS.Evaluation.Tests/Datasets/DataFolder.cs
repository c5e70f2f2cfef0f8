using MemOS.Evaluation.Datasets;

namespace MemOS.Evaluation.Tests.Datasets;

/// <summary>A folder for files of a data set's form, written for a test.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-data-");

    public string Path => _folder.FullName;

    public string Write(string name, string content)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!); // the path has a folder
        File.WriteAllText(path, content);
        return path;
    }

    public static async Task<List<LabelledConversation>> ReadAsync(IDatasetReader reader, string path)
    {
        List<LabelledConversation> conversations = [];
        await foreach (LabelledConversation conversation in reader.ReadAsync(path))
        {
            conversations.Add(conversation);
        }

        return conversations;
    }

    public static async Task<string> RefusalAsync(IDatasetReader reader, string path)
    {
        MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => ReadAsync(reader, path));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        return refused.Message;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
