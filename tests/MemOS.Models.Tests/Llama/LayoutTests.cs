using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Native.Attention;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>The structures have the library's layout: sizes and offsets were printed by a C program compiled from the release's header.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Structures_have_the_sizes_of_the_header()
    {
        Assert.Equal(80, Unsafe.SizeOf<ModelParameters>());
        Assert.Equal(160, Unsafe.SizeOf<ContextParameters>());
        Assert.Equal(56, Unsafe.SizeOf<TokenBatch>());
        Assert.Equal(12, Unsafe.SizeOf<TokenCandidate>());
        Assert.Equal(32, Unsafe.SizeOf<TokenCandidates>());
        Assert.Equal(16, Unsafe.SizeOf<NativeChatMessage>());
        Assert.Equal(24, Unsafe.SizeOf<TensorContextParameters>());
        Assert.Equal(336, Unsafe.SizeOf<NativeTensor>());
        Assert.Equal(136, Unsafe.SizeOf<NativeDevice>());
        Assert.Equal(56, Unsafe.SizeOf<NativeDeviceProperties>());
        Assert.Equal(152, Unsafe.SizeOf<NativeBackend>());
        Assert.Equal(48, Unsafe.SizeOf<NativeRegistration>());
    }

    [Theory]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.GpuLayers), 16)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.LazyMode), 28)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.MainGpu), 32)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.TensorSplit), 40)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.Progress), 48)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.ProgressData), 56)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.Overrides), 64)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.VocabularyOnly), 72)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.UseExtraBuffers), 74)]
    [InlineData(typeof(ModelParameters), nameof(ModelParameters.LoadMtp), 77)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Context), 0)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Sequences), 12)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.OutputsPerSequence), 24)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Threads), 28)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.BatchThreads), 32)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.ContextType), 36)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Pooling), 44)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.FlashAttention), 52)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.RopeBase), 56)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.DefragmentThreshold), 84)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Evaluate), 88)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.KeyType), 104)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.ValueType), 108)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Abort), 112)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.AbortData), 120)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Embeddings), 128)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Unified), 133)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.Samplers), 136)]
    [InlineData(typeof(ContextParameters), nameof(ContextParameters.OtherContext), 152)]
    [InlineData(typeof(TokenBatch), nameof(TokenBatch.Tokens), 8)]
    [InlineData(typeof(TokenBatch), nameof(TokenBatch.Embeddings), 16)]
    [InlineData(typeof(TokenBatch), nameof(TokenBatch.Positions), 24)]
    [InlineData(typeof(TokenBatch), nameof(TokenBatch.SequenceCounts), 32)]
    [InlineData(typeof(TokenBatch), nameof(TokenBatch.Sequences), 40)]
    [InlineData(typeof(TokenBatch), nameof(TokenBatch.Outputs), 48)]
    [InlineData(typeof(TokenCandidate), nameof(TokenCandidate.Logit), 4)]
    [InlineData(typeof(TokenCandidate), nameof(TokenCandidate.Probability), 8)]
    [InlineData(typeof(TokenCandidates), nameof(TokenCandidates.Count), 8)]
    [InlineData(typeof(TokenCandidates), nameof(TokenCandidates.Selected), 16)]
    [InlineData(typeof(TokenCandidates), nameof(TokenCandidates.Sorted), 24)]
    [InlineData(typeof(NativeChatMessage), nameof(NativeChatMessage.Content), 8)]
    [InlineData(typeof(TensorContextParameters), nameof(TensorContextParameters.Memory), 8)]
    [InlineData(typeof(TensorContextParameters), nameof(TensorContextParameters.NoAllocation), 16)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Buffer), 8)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Sizes), 16)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Strides), 48)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Operation), 80)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Parameters), 84)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Flags), 148)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Sources), 152)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.ViewSource), 232)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Data), 248)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Name), 256)]
    [InlineData(typeof(NativeTensor), nameof(NativeTensor.Extra), 320)]
    [InlineData(typeof(NativeDevice), nameof(NativeDevice.Properties), 32)]
    [InlineData(typeof(NativeDevice), nameof(NativeDevice.Start), 40)]
    [InlineData(typeof(NativeDevice), nameof(NativeDevice.BufferType), 48)]
    [InlineData(typeof(NativeDevice), nameof(NativeDevice.Supports), 72)]
    [InlineData(typeof(NativeDevice), nameof(NativeDevice.SupportsBuffer), 80)]
    [InlineData(typeof(NativeDevice), nameof(NativeDevice.Registration), 120)]
    [InlineData(typeof(NativeDeviceProperties), nameof(NativeDeviceProperties.Kind), 32)]
    [InlineData(typeof(NativeDeviceProperties), nameof(NativeDeviceProperties.Id), 40)]
    [InlineData(typeof(NativeDeviceProperties), nameof(NativeDeviceProperties.LoadsMapped), 52)]
    [InlineData(typeof(NativeBackend), nameof(NativeBackend.Free), 16)]
    [InlineData(typeof(NativeBackend), nameof(NativeBackend.Compute), 104)]
    [InlineData(typeof(NativeBackend), nameof(NativeBackend.Device), 136)]
    [InlineData(typeof(NativeBackend), nameof(NativeBackend.Context), 144)]
    [InlineData(typeof(NativeRegistration), nameof(NativeRegistration.Name), 8)]
    [InlineData(typeof(NativeRegistration), nameof(NativeRegistration.Function), 32)]
    [InlineData(typeof(NativeRegistration), nameof(NativeRegistration.Context), 40)]
    public void Fields_lie_where_the_header_has_them(Type structure, string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf(structure, field));

    [LlamaFact]
    public void The_librarys_own_defaults_are_read_as_its_source_has_them()
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        Assert.True(LlamaLibraries.DefaultsAreAsExpected());
    }

    [Theory]
    [InlineData("0.5.0", true)]
    [InlineData("v0.5.0", true)]
    [InlineData("0.5.0-dev", true)]
    [InlineData("0.5.1", false)]
    [InlineData("0.6.0", false)]
    [InlineData("", false)]
    public void Another_release_is_not_supported(string release, bool supported) => Assert.Equal(supported, LlamaLibraries.IsSupported(release));

    [Fact]
    public void A_folder_without_libraries_says_how_to_get_them()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory();
        try
        {
            Assert.False(LlamaLibraries.AreIn(empty.FullName));
            ModelException missing = Assert.Throws<ModelException>(() => LlamaLibraries.Probe(empty.FullName));
            Assert.Equal(ModelErrorCodes.LibrariesMissing, missing.Code);
            Assert.Contains(LlamaLibraries.FolderVariable, missing.Message, StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }
}
