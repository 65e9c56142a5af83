"""ResNet-18 with the CIFAR stem as an ONNX model, from weights in the order they were made in."""

import onnx
from onnx import TensorProto, helper, numpy_helper


def resnet18(tensors, path):
    weights = iter(tensors.values())
    nodes, constants = [], []

    def constant(values):
        name = f"c{len(constants)}"
        constants.append(numpy_helper.from_array(values, name))
        return name

    def node(op, inputs, **attributes):
        name = f"n{len(nodes)}"
        nodes.append(helper.make_node(op, inputs, [name], **attributes))
        return name

    def conv_norm(x, stride):
        weight = next(weights)
        kernel = weight.shape[2:]
        pads = [side // 2 for side in kernel] * 2
        y = node("Conv", [x, constant(weight)], kernel_shape=kernel, strides=[stride] * 2, pads=pads)
        statistics = [constant(next(weights)) for _ in range(4)]
        return node("BatchNormalization", [y, *statistics], epsilon=1e-5)

    y = node("Relu", [conv_norm("pictures", 1)])
    for stage in range(4):
        for block in range(2):
            stride = 2 if stage > 0 and block == 0 else 1
            hidden = node("Relu", [conv_norm(y, stride)])
            main = conv_norm(hidden, 1)
            shortcut = conv_norm(y, stride) if stride == 2 else y
            y = node("Relu", [node("Add", [main, shortcut])])
    nodes.append(helper.make_node("Flatten", [node("GlobalAveragePool", [y])], ["features"]))
    graph = helper.make_graph(
        nodes,
        "resnet18",
        [helper.make_tensor_value_info("pictures", TensorProto.FLOAT, ["n", 3, 32, 32])],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["n", 512])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
