namespace MemOS.Evaluation.Datasets;

/// <summary>Reads the files of a data set as their authors publish them.</summary>
/// <remarks>Stateless. Conversations are read one by one, because some data sets are larger than memory.</remarks>
public interface IDatasetReader
{
    /// <summary>The data set's name: lower case letters, digits and '-'.</summary>
    string Name { get; }

    /// <summary>One sentence on what it measures and where it is published.</summary>
    string Description { get; }

    /// <summary>Reads a file, or all files of a folder by name.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when nothing of the data set is there, or it has another form.</exception>
    IAsyncEnumerable<LabelledConversation> ReadAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Which side of the split a conversation is on. It depends on the name alone, so it is the same for everybody and for ever.</summary>
    DatasetSplit SplitOf(string conversation) => DatasetSplits.ByName(conversation);
}
