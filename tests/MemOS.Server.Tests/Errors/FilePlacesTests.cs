using MemOS.Server.Errors;

namespace MemOS.Server.Tests.Errors;

public sealed class FilePlacesTests
{
    [Theory]
    [InlineData("'/srv/memos/vaults/ann/vault.db' is damaged: it is cut off.", "'vaults/ann/vault.db' is damaged: it is cut off.")]
    [InlineData("No permission to use '/srv/memos/locks': Access to the path '/srv/memos/locks' is denied.", "No permission to use 'locks': Access to the path 'locks' is denied.")]
    [InlineData("'/srv/memos' is no folder.", "the data folder is no folder.")]
    [InlineData("'/srv/memos-old/vaults/ann/vault.db' is damaged.", "'vault.db' is damaged.")]
    [InlineData("There is no model file '/home/o'neil/my models/a.gguf'.", "There is no model file 'a.gguf'.")]
    [InlineData("The libraries in '/opt/llama/' are of another release.", "The libraries in 'llama' are of another release.")]
    [InlineData("The model's file '/opt/m.gguf' isn't there, nor is '/opt/n.gguf'.", "The model's file 'm.gguf' isn't there, nor is 'n.gguf'.")]
    [InlineData(@"'C:\Users\ann\m.gguf' and '\\host\share\n.gguf' are missing.", "'m.gguf' and 'n.gguf' are missing.")]
    [InlineData("The vault 'ann/b' is open in another process.", "The vault 'ann/b' is open in another process.")]
    [InlineData("Ask http://127.0.0.1:11434/v1 or read /openapi/v1.json.", "Ask http://127.0.0.1:11434/v1 or read /openapi/v1.json.")]
    public void Folders_of_this_machine_are_left_out_of_a_message(string message, string told) => Assert.Equal(told, new FilePlaces("/srv/memos/").Shorten(message));

    [Fact]
    public void A_data_folder_with_an_apostrophe_in_its_name_is_left_out_too() =>
        Assert.Equal("Reading 'vaults/a/vault.db' failed.", new FilePlaces("/home/o'neil/data").Shorten("Reading '/home/o'neil/data/vaults/a/vault.db' failed."));

    [Fact]
    public void Without_a_data_folder_files_are_named_by_their_names() =>
        Assert.Equal("'vault.db' is damaged.", new FilePlaces(null).Shorten("'/srv/memos/vaults/ann/vault.db' is damaged."));
}
